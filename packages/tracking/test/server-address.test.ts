import { readAddress } from "../src/server-address.ts";
import { errorOf } from "./error-of.ts";

const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;

test("the path is kept; credentials, query and the slash at the end are not", () => {
  const address = readAddress({ uri: "https://me:p%40ss@dagshub.example/o/r.mlflow/?token=x#y" });
  expect(address.base).toBe("https://dagshub.example/o/r.mlflow");
  expect(address.authorization).toBe(basic("me:p@ss"));
  expect(address.secrets).toContain("p@ss");
});

test("user and password win over those of the address, and these over the token", () => {
  const uri = "http://a:b@localhost:5000";
  const plain = "http://localhost:5000";
  const authorization = (server: Parameters<typeof readAddress>[0]): string | undefined =>
    readAddress(server).authorization;
  expect(authorization({ uri, username: "u", password: "é", token: "t" })).toBe(basic("u:é"));
  expect(authorization({ uri, token: "t" })).toBe(basic("a:b"));
  expect(authorization({ uri: plain, username: "u", token: " t\n" })).toBe("Bearer t");
  expect(authorization({ uri: plain, username: "u" })).toBe(basic("u:"));
  expect(authorization({ uri: plain, username: "", password: "", token: "" })).toBeUndefined();
});

test("what is no address of a server is refused, without its password", async () => {
  const bad = ["sqlite:///x.db", "./mlruns", "", "http://me:p/ass@host", "databricks", "file:///x"];
  for (const uri of bad) {
    const error = await errorOf((async () => readAddress({ uri }))());
    expect(error.code).toBe("TRACKING_URI_BAD");
    expect(error.message).not.toMatch(/p\/ass/);
    expect(error.cause).toBeUndefined();
  }
});
