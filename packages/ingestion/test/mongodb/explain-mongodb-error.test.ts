import {
  explainMongodbError,
  withoutCredentials,
} from "../../src/mongodb/explain-mongodb-error.ts";

const url = "mongodb://someone:p%40ss-word@host:27017/?authSource=admin";
const target = { url, database: "gillnet", collection: "rows" };
const secrets = /p@ss-word|p%40ss-word|someone/;

function driverError(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

test.each([
  ["wrong password", "MongoServerError", { code: 18 }, "INGESTION_MONGODB_DENIED"],
  ["no right", "MongoServerError", { code: 13 }, "INGESTION_MONGODB_DENIED"],
  ["Atlas", "MongoServerError", { code: 8000 }, "INGESTION_MONGODB_DENIED"],
  ["nobody there", "MongoServerSelectionError", {}, "INGESTION_MONGODB_UNREACHABLE"],
  ["cut off", "MongoNetworkError", {}, "INGESTION_MONGODB_UNREACHABLE"],
  ["unknown host", "Error", { code: "ENOTFOUND" }, "INGESTION_MONGODB_UNREACHABLE"],
  ["no certificate", "Error", { code: "ENOENT", path: "/ca.pem" }, "INGESTION_MONGODB_URL"],
  ["bad option", "MongoParseError", {}, "INGESTION_MONGODB_URL"],
  ["bad query", "MongoServerError", { code: 2 }, "INGESTION_MONGODB_REFUSED"],
])("%s", (_name, name, more, code) => {
  const error = driverError(name, `went wrong for ${url} as someone:p@ss-word`, more);
  const explained = explainMongodbError(error, { target, hosts: "host:27017" });
  expect(explained.code).toBe(code);
  expect(explained.cause).toBeUndefined();
  const said = JSON.stringify([
    explained.message,
    explained.hint,
    explained.details,
    explained.stack,
  ]);
  expect(said).not.toMatch(secrets);
});

test("before there is a client, it is the URL", () => {
  const error = driverError("MongoInvalidArgumentError", "odd");
  expect(explainMongodbError(error, { target, hosts: undefined })).toMatchObject({
    code: "INGESTION_MONGODB_URL",
    message: "The URL of MongoDB is none: odd",
  });
});

test("when time ran out, the server's own trouble is told", () => {
  const servers = new Map([
    ["host:27017", { error: driverError("Error", "self-signed certificate") }],
  ]);
  const error = driverError("MongoServerSelectionError", "timed out", { reason: { servers } });
  expect(explainMongodbError(error, { target, hosts: "host:27017" }).message).toBe(
    "MongoDB does not answer at host:27017: self-signed certificate",
  );
});

test("a URL without user or password hides nothing but itself", () => {
  expect(withoutCredentials("mongodb://h is down", "mongodb://h")).toBe("[redacted] is down");
  expect(withoutCredentials("a:b", "mongodb://h")).toBe("a:b");
});
