import { once } from "node:events";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import express from "express";
import type { Express, Response } from "express";
import { listen, serverUrl, shutDown } from "../src/serve.ts";

/** An app that never answers by itself, and its next request's response. */
function slowApp(): { app: Express; next: () => Promise<Response> } {
  const app = express();
  const waiting: ((response: Response) => void)[] = [];
  app.use((_request, response) => waiting.shift()?.(response));
  return { app, next: () => new Promise((resolve) => void waiting.push(resolve)) };
}

test("a request under way ends well after the server was told to stop", async () => {
  const { app, next } = slowApp();
  const server = await listen(app, "127.0.0.1", 0);
  const url = serverUrl(server);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const arrived = next();
  const answer = fetch(url);
  const response = await arrived;
  const stopped = shutDown(server, 10_000);
  await expect(fetch(url)).rejects.toThrow();
  response.send("done");
  expect(await (await answer).text()).toBe("done");
  expect(await stopped).toBe(true);
});

test("one that takes too long is cut off", async () => {
  const { app, next } = slowApp();
  const server = await listen(app, "127.0.0.1", 0);
  const arrived = next();
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await arrived;
  const closed = once(socket, "close");
  expect(await shutDown(server, 1)).toBe(false);
  await closed;
});

test("time for headers and requests is bounded", async () => {
  const server = await listen(express(), "127.0.0.1", 0);
  expect([server.headersTimeout, server.requestTimeout]).toEqual([20_000, 120_000]);
  await shutDown(server, 1000);
});
