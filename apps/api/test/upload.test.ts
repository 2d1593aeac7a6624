import { once } from "node:events";
import type { Server } from "node:http";
import { connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import request from "supertest";
import { listen, shutDown } from "../src/serve.ts";
import { SAMPLE, smallBundle, testApp } from "./published-folder.ts";
import type { TestApp } from "./published-folder.ts";

let api: TestApp;
let server: Server;
beforeAll(async () => {
  api = await testApp(smallBundle(), { limits: { uploadBytes: 5000, concurrentUploads: 2 } });
  server = await listen(api.app, "127.0.0.1", 0);
});
afterAll(async () => {
  await shutDown(server, 1000);
  api.folder.remove();
});

const BOUNDARY = "----boundary";
const part = (headers: string, content = SAMPLE): string =>
  `--${BOUNDARY}\r\n${headers}\r\n\r\n${content}\r\n`;
const file = (name: string): string =>
  part(
    `Content-Disposition: form-data; name="${name}"; filename="rows.csv"\r\nContent-Type: text/csv`,
  );
const field = (name: string, value = "x"): string =>
  part(`Content-Disposition: form-data; name="${name}"`, value);
const END = `--${BOUNDARY}--\r\n`;

function post(body: string, type = `multipart/form-data; boundary=${BOUNDARY}`): request.Test {
  return request(server)
    .post("/predict")
    .set("Accept", "application/json")
    .set("Content-Type", type)
    .send(body);
}

test("one file, and text fields that nobody asked for", async () => {
  await post(file("file") + END).expect(200);
  await post(field("a") + file("file") + field("b") + END).expect(200);
});

test.each([
  ["another field name", file("csv") + END, 400, "API_UPLOAD_BAD"],
  ["two files in the field", file("file") + file("file") + END, 400, "API_UPLOAD_BAD"],
  ["a file and another file", file("file") + file("other") + END, 400, "API_UPLOAD_BAD"],
  ["no file", field("file") + END, 400, "API_UPLOAD_BAD"],
  ["nothing", END, 400, "API_UPLOAD_BAD"],
  ["a nested field name", field("a[b]") + file("file") + END, 400, "API_UPLOAD_BAD"],
  [
    "a deeply nested one",
    field(`a${"[b]".repeat(20)}`) + file("file") + END,
    400,
    "API_UPLOAD_BAD",
  ],
  ["a huge array index", field("a[4294967294]") + file("file") + END, 400, "API_UPLOAD_BAD"],
  ["__proto__ nested", field("__proto__[x]") + file("file") + END, 400, "API_UPLOAD_BAD"],
  ["an empty field name", field("") + file("file") + END, 400, "API_UPLOAD_BAD"],
  ["too many fields", field("a").repeat(9) + file("file") + END, 400, "API_UPLOAD_BAD"],
  ["a long field name", field("a".repeat(65)) + file("file") + END, 400, "API_UPLOAD_BAD"],
  ["a long field value", field("a", "x".repeat(1025)) + file("file") + END, 400, "API_UPLOAD_BAD"],
  ["a body that ends early", file("file"), 400, "API_UPLOAD_BAD"],
  ["no part at all", "hello", 400, "API_UPLOAD_BAD"],
  ["part headers without end", part(`X: ${"y".repeat(90_000)}`) + END, 400, "API_UPLOAD_BAD"],
])("%s", async (_name, body, status, code) => {
  const response = await post(body);
  expect([response.status, response.body.error?.code]).toEqual([status, code]);
  // The server is as it was.
  await post(file("file") + END).expect(200);
});

test.each([
  ["application/json", "{}", 415, "API_CONTENT_TYPE"],
  ["text/csv", SAMPLE, 415, "API_CONTENT_TYPE"],
  ["multipart/form-data", file("file") + END, 400, "API_UPLOAD_BAD"],
])("content type %s", async (type, body, status, code) => {
  const response = await post(body, type);
  expect([response.status, response.body.error?.code]).toEqual([status, code]);
});

test("the file's bytes are bounded, exactly", async () => {
  const send = (bytes: number): request.Test =>
    request(server)
      .post("/predict")
      .set("Accept", "application/json")
      .attach("file", Buffer.from(SAMPLE.padEnd(bytes, "\n")), "rows.csv");
  await send(5000).expect(200);
  const response = await send(5001);
  expect([response.status, response.body.error.code]).toEqual([413, "API_UPLOAD_TOO_LARGE"]);
  expect(response.body.error.message).toBe("The file has more than 5000 bytes");
});

describe("uploads under way", () => {
  /** A request that has sent its headers and part of its body. */
  async function half(): Promise<Socket> {
    const before = api.lines.length;
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    await once(socket, "connect");
    socket.write(
      "POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 4000\r\nExpect: 100-continue\r\n" +
        `Content-Type: multipart/form-data; boundary=${BOUNDARY}\r\n\r\n`,
    );
    // "100 Continue": the request has reached the server.
    await once(socket, "data");
    socket.write(file("file").slice(0, 100));
    expect(api.lines).toHaveLength(before);
    return socket;
  }

  async function nextLine(): Promise<(typeof api.lines)[number]> {
    const seen = api.lines.length;
    while (api.lines.length === seen) await new Promise(setImmediate);
    return api.lines[seen]!;
  }

  test("one more than are taken is answered at once; one that broke off makes room", async () => {
    const sockets = [await half(), await half()];
    const refused = await post(file("file") + END);
    expect([refused.status, refused.body.error.code]).toEqual([503, "API_BUSY"]);
    expect(refused.headers["retry-after"]).toBe("1");

    const left = nextLine();
    sockets[0]!.destroy();
    expect((await left).fields).toMatchObject({ status: 499, path: "/predict" });
    await post(file("file") + END).expect(200);

    const leftToo = nextLine();
    sockets[1]!.destroy();
    await leftToo;
    expect(api.lines.filter((line) => line.level === "error")).toEqual([]);
  });
});
