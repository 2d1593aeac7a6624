import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { jest } from "@jest/globals";
import { readCsv } from "@gillnet/table";
import type { ReadTable } from "@gillnet/table";
import { Decimal128, Int32, Long, ObjectId } from "mongodb";

import { pushCsv } from "../src/mongodb/push-csv.ts";
import type { PushSummary } from "../src/mongodb/push-csv.ts";
import { readDocuments } from "../src/mongodb/read-documents.ts";
import { withCollection } from "../src/mongodb/with-collection.ts";
import type { MongodbParams } from "../src/params.ts";
import { layoutOf } from "../src/schema-layout.ts";
import { resolveMongodb } from "../src/sources/mongodb.ts";
import { readSource } from "../src/sources/read-source.ts";
import type { ResolvedSource } from "../src/sources/source.ts";
import { describeMongodb, freePort, TestServer } from "./mongodb/test-server.ts";
import { schemaOf } from "./schemas.ts";
import { inFolder } from "./sources/world.ts";

// Servers are started, and one test waits for one that never comes.
jest.setTimeout(60_000);

const OPENSSL = "openssl";

const { signal } = new AbortController();
const schema = schemaOf();
const layout = layoutOf(schema);

/** Resolves and reads collections of one server. */
class Reader {
  readonly #url: () => string;

  constructor(url: () => string) {
    this.#url = url;
  }

  resolve(collection: string, changes: Partial<MongodbParams> = {}): Promise<ResolvedSource> {
    const params = { database: "gillnet", collection, query: {}, ...changes };
    return resolveMongodb(params, schema, { mongoUrl: this.#url(), signal });
  }

  async read(collection: string, changes: Partial<MongodbParams> = {}): Promise<ReadTable> {
    return readSource(await this.resolve(collection, changes), { layout, signal });
  }

  /** Pushes a file of this text. */
  push(collection: string, csv: string, drop = false): Promise<PushSummary> {
    return inFolder(async (folder) => {
      const path = join(folder, "rows.csv");
      await writeFile(path, csv);
      const target = { url: this.#url(), database: "gillnet", collection };
      return pushCsv(path, target, { drop, signal, progress: () => undefined });
    });
  }
}

/** Rows of the schema, more than one batch of them. */
function makeCsv(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const size = [i % 97, "", "NA", "1.50", "007", "1e3"][i % 6];
    return `${size},${["a", " b ", "1.0", '"x,y"', "é"][i % 5]},${i % 3 === 0 ? "yes" : "no"}`;
  });
  return `Size,Kind,Label\n${lines.join("\n")}\n`;
}

describeMongodb("a collection", () => {
  let server: TestServer;
  const reader = new Reader(() => server.url());
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  test("that a file was pushed to reads as the file does", async () => {
    const csv = makeCsv(12_000);
    const summary = await reader.push("pushed", csv);
    expect(summary).toEqual({
      collection: "gillnet.pushed",
      rows: 12_000,
      added: 12_000,
      present: 0,
      rejectedRows: 0,
      rejectedExamples: [],
    });
    const fromFile = await inFolder(async (folder) => {
      await writeFile(join(folder, "rows.csv"), csv);
      return readCsv(join(folder, "rows.csv"), { layout });
    });
    expect(await reader.read("pushed")).toEqual(fromFile);
  });

  test("holds numbers as numbers, in the file's order", async () => {
    await reader.push("typed", "Size,Kind,Label,\n1.0,007,yes,x\n,b,no,y\n");
    const documents = await server.on("gillnet.typed", (rows) => rows.find().toArray());
    expect(documents).toEqual([
      { _id: expect.stringMatching(/^row-0000000001-/), Size: 1, Kind: "007", Label: "yes" },
      { _id: expect.stringMatching(/^row-0000000002-/), Size: null, Kind: "b", Label: "no" },
    ]);
  });

  test("does not change when the file is pushed again, and gets only new rows of another", async () => {
    const header = "Size,Kind,Label\n";
    const all = (): Promise<unknown[]> =>
      server.on("gillnet.twice", (rows) => rows.find({}, { sort: { _id: 1 } }).toArray());
    const first = "1,a,yes\n1,a,yes\n2,b,no\n";
    await reader.push("twice", header + first);
    const before = await all();
    expect(await reader.push("twice", header + first)).toMatchObject({ added: 0, present: 3 });
    expect(await all()).toEqual(before);
    // Longer, its columns in another order, and with one row oftener.
    const longer = "Label,Kind,Size\nyes,a,1\nyes,a,1\nyes,a,1\nno,b,2\nno,c,3\n";
    expect(await reader.push("twice", longer)).toMatchObject({ rows: 5, added: 2, present: 3 });
    expect((await reader.read("twice")).table.columns[0]).toMatchObject({
      values: new Float64Array([1, 1, 2, 1, 3]),
    });
    expect(await reader.push("twice", `${header}9,z,no\n`, true)).toMatchObject({ added: 1 });
    expect(await all()).toHaveLength(1);
    // A file without rows, cut off perhaps, drops nothing.
    expect(await reader.push("twice", header, true)).toMatchObject({ rows: 0, added: 0 });
    expect(await all()).toHaveLength(1);
  });

  test("that was pushed in part is finished by pushing again, with the same documents", async () => {
    const csv = makeCsv(300);
    await reader.push("whole", csv);
    await reader.push("part", csv.split("\n").slice(0, 120).join("\n"));
    await reader.push("part", csv);
    const all = (name: string): Promise<unknown[]> =>
      server.on(name, (rows) => rows.find({}, { sort: { _id: 1 } }).toArray());
    expect(await all("gillnet.part")).toEqual(await all("gillnet.whole"));
  });

  test("has its rows pushed that can be read; the others are told", async () => {
    const summary = await reader.push("faulty", "Size,Kind,Label\n1,a,yes\n2,b\n3,c,no\n");
    expect(summary).toMatchObject({ rows: 2, added: 2, rejectedRows: 1 });
    expect(summary.rejectedExamples).toMatchObject([{ sourceRow: 2, line: 3 }]);
    await expect(reader.push("faulty", "_id,$a,b\n1,2,3\n")).rejects.toMatchObject({
      code: "INGESTION_MONGODB_FIELDS",
      message: "The file has 2 columns that MongoDB has no field for: '_id', '$a'",
    });
  });

  test("of any types gives cells; what can be no cell rejects its row with the _id", async () => {
    await server.on("gillnet.types", (rows) =>
      rows.insertMany([
        { _id: 1 as never, Size: new Int32(1), Kind: true, Label: "yes" },
        { _id: 2 as never, Size: 0.5, Kind: 1, Label: "yes" },
        { _id: 3 as never, Size: Long.fromString("9007199254740993"), Kind: "x", Label: "no" },
        {
          _id: 4 as never,
          Size: Decimal128.fromString("2.50"),
          Kind: Long.fromString("9007199254740993"),
          Label: "no",
        },
        { _id: 5 as never, Size: " 3.0 ", Kind: new Date(0), Label: "no" },
        { _id: 6 as never, Size: null, Label: "no" },
        {
          _id: 7 as never,
          Size: "NA",
          Kind: new ObjectId("64b7f0c2a1b2c3d4e5f60718"),
          Label: "no",
          More: 1,
        },
        { _id: 8 as never, Size: true, Kind: Decimal128.fromString("1.0"), Label: "no" },
        { _id: "list" as never, Size: [1], Kind: "x", Label: "no" },
        { _id: "text" as never, Size: "many", Kind: "x", Label: "no" },
        { _id: new ObjectId("64b7f0c2a1b2c3d4e5f60718"), Size: 1, Kind: { a: 1 }, Label: "no" },
        {
          _id: new ObjectId("64b7f0c2a1b2c3d4e5f60719"),
          Size: new Date(0),
          Kind: "x",
          Label: "no",
        },
      ]),
    );
    const { table, sourceRows, rejectedExamples } = await reader.read("types");
    expect([...sourceRows]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const [size, kind] = table.columns;
    expect(size).toMatchObject({
      values: new Float64Array([1, 0.5, 2 ** 53, 2.5, 3, NaN, NaN, 1]),
    });
    expect(kind).toMatchObject({
      categories: [
        "1",
        "1970-01-01T00:00:00.000Z",
        "64b7f0c2a1b2c3d4e5f60718",
        "9007199254740993",
        "true",
        "x",
      ],
      codes: new Int32Array([4, 0, 5, 3, 1, -1, 2, 0]),
    });
    const place = { line: null, sourceRow: expect.any(Number) };
    const oid = "64b7f0c2a1b2c3d4e5f6071";
    expect(rejectedExamples).toEqual([
      { ...place, document: "list", column: "Size", value: "[1]", reason: "Is a list" },
      { ...place, document: "text", column: "Size", value: "many", reason: "Not a number" },
      { ...place, document: `${oid}8`, column: "Kind", value: '{"a":1}', reason: "Is a document" },
      {
        ...place,
        document: `${oid}9`,
        column: "Size",
        value: "1970-01-01T00:00:00.000Z",
        reason: "Not a number",
      },
    ]);
  });

  test("can be read in part, by a query in extended JSON", async () => {
    await reader.push("queried", "Size,Kind,Label,Other\n1,a,yes,x\n2,a,no,x\n3,b,no,x\n");
    const rows = await reader.read("queried", { query: { Size: { $gte: { $numberInt: "2" } } } });
    expect(rows.table.rowCount).toBe(2);
    expect(rows.unknownColumns).toEqual(["Other"]);
    await expect(reader.resolve("queried", { query: { Size: 7 } })).rejects.toMatchObject({
      code: "INGESTION_MONGODB_EMPTY",
      message: `None of the 3 documents of gillnet.queried fits source.mongodb.query {"Size":7}`,
    });
    await expect(reader.resolve("queried", { query: { Size: { $no: 1 } } })).rejects.toMatchObject({
      code: "INGESTION_MONGODB_REFUSED",
    });
  });

  test("may have names with dots and dollars in it", async () => {
    const dotted = schemaOf({ features: [{ kind: "numeric", name: "Sepal.Length" }] });
    await reader.push("dotted", "Sepal.Length,Label\n1,yes\n2,no\n");
    const params = { database: "gillnet", collection: "dotted", query: {} };
    const source = await resolveMongodb(params, dotted, { mongoUrl: server.url(), signal });
    const { table } = await readSource(source, { layout: layoutOf(dotted), signal });
    expect(table.columns[0]).toMatchObject({ values: new Float64Array([1, 2]) });
  });

  test("has a hash of what is read, and of nothing else", async () => {
    const csv = "Size,Kind,Label,Other\n1,a,yes,x\n2,b,no,x\n";
    await reader.push("hashed", csv);
    const { inputHash } = await reader.resolve("hashed");
    await server.on("gillnet.hashed", (rows) => rows.updateMany({}, { $set: { Other: "y" } }));
    expect((await reader.resolve("hashed")).inputHash).toBe(inputHash);
    await reader.push("hashed again", csv);
    expect((await reader.resolve("hashed again")).inputHash).toBe(inputHash);
    await server.on("gillnet.hashed", (rows) => rows.updateOne({ Size: 1 }, { $set: { Size: 5 } }));
    expect((await reader.resolve("hashed")).inputHash).not.toBe(inputHash);
  });

  test("that changes between its two readings stops the run", async () => {
    await reader.push("moving", "Size,Kind,Label\n1,a,yes\n2,b,no\n");
    const source = await reader.resolve("moving");
    const change = (update: object): Promise<unknown> =>
      server.on("gillnet.moving", (rows) => rows.updateOne({ Size: 1 }, update));
    await change({ $set: { Kind: "c" } });
    await expect(readSource(source, { layout, signal })).rejects.toMatchObject({
      code: "INGESTION_SOURCE_CHANGED",
      message: expect.stringContaining("there were 2, now there are as many, and some differ"),
    });
    await server.on("gillnet.moving", (rows) => rows.deleteMany({}));
    await expect(readSource(source, { layout, signal })).rejects.toMatchObject({
      code: "INGESTION_SOURCE_CHANGED",
      message: expect.stringContaining("there were 2, now there are 0"),
    });
  });

  test("that lacks a column, is empty, or is not there says so, and what there is", async () => {
    await server.on("other.things", (rows) => rows.insertMany([{ Size: 1, kind: "a", Label: 1 }]));
    await expect(reader.read("things", { database: "other" })).rejects.toMatchObject({
      code: "TABLE_COLUMN_MISSING",
      message: "other.things lacks the column 'Kind'",
      hint: "There are other names: 'kind' may be meant by 'Kind'",
    });
    await expect(reader.resolve("rows", { database: "other" })).rejects.toMatchObject({
      code: "INGESTION_MONGODB_NOT_FOUND",
      message: "There is no collection other.rows; the database has 'things'",
    });
    await expect(reader.resolve("rows", { database: "none" })).rejects.toMatchObject({
      code: "INGESTION_MONGODB_NOT_FOUND",
      message: "There is no collection none.rows: the database 'none' has none",
    });
    await server.on("other.things", (rows) => rows.deleteMany({}));
    await expect(reader.resolve("things", { database: "other" })).rejects.toMatchObject({
      code: "INGESTION_MONGODB_EMPTY",
      message: "The collection other.things is empty",
    });
  });

  test("has errors of the work on it told as they are", async () => {
    const target = { url: server.url(), database: "gillnet", collection: "any" };
    const bug = new TypeError("a bug");
    await expect(withCollection(target, signal, () => Promise.reject(bug))).rejects.toBe(bug);
  });

  test("is let go of in the middle when the signal is aborted", async () => {
    await reader.push("long", makeCsv(12_000));
    const stop = new AbortController();
    const reason = new Error("enough");
    const target = { url: server.url(), database: "gillnet", collection: "long" };
    let batches = 0;
    const reading = withCollection(target, stop.signal, async (open) => {
      const selection = { query: {}, columns: ["Size"] };
      for await (const batch of readDocuments(open, selection, stop.signal)) {
        expect(batch.length).toBeGreaterThan(0);
        batches++;
        stop.abort(reason);
      }
    });
    await expect(reading).rejects.toBe(reason);
    expect(batches).toBe(1);
    const resolving = resolveMongodb({ ...target, query: {} }, schema, {
      mongoUrl: target.url,
      signal: AbortSignal.abort(reason),
    });
    await expect(resolving).rejects.toBe(reason);
  });
});

describeMongodb("a server", () => {
  test("that wants a password gets it, and says no to a wrong one", async () => {
    const server = await TestServer.start();
    try {
      await new Reader(() => server.url()).push("rows", "Size,Kind,Label\n1,a,yes\n2,b,no\n");
      await server.demandPassword("reader", "p@ss word/1");
      const right = new Reader(() => server.url("reader:p%40ss%20word%2F1"));
      expect((await right.read("rows")).table.rowCount).toBe(2);
      for (const login of ["reader:wr0ng-secret", "", "stranger:wr0ng-secret"]) {
        const error = await new Reader(() => server.url(login))
          .resolve("rows")
          .catch((thrown: unknown) => thrown as Error);
        expect(error).toMatchObject({
          code: "INGESTION_MONGODB_DENIED",
          message: expect.stringContaining(`MongoDB at 127.0.0.1:${server.port} did not let us in`),
        });
        expect(JSON.stringify(error) + (error as Error).stack).not.toContain("wr0ng-secret");
      }
    } finally {
      await server.stop();
    }
  });

  test("that is not there is an error within seconds", async () => {
    const port = await freePort();
    const reader = new Reader(() => `mongodb://someone:hidden-word@127.0.0.1:${port}`);
    await expect(reader.resolve("rows")).rejects.toMatchObject({
      code: "INGESTION_MONGODB_UNREACHABLE",
      message: `MongoDB does not answer at 127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}`,
      details: { hosts: `127.0.0.1:${port}`, database: "gillnet", collection: "rows" },
    });
  });

  test("may speak TLS, by the options of the URL", async () => {
    await inFolder(async (folder) => {
      const [certificate, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
      // prettier-ignore
      execFileSync(OPENSSL, [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
      ], { stdio: "ignore" });
      expect(await readFile(certificate, "utf8")).toContain("BEGIN CERTIFICATE");
      const server = await TestServer.start("--tls-cert-file", certificate, "--tls-key-file", key);
      try {
        const trusting = new Reader(() => server.url("", `?tls=true&tlsCAFile=${certificate}`));
        await trusting.push("rows", "Size,Kind,Label\n1,a,yes\n2,b,no\n");
        expect((await trusting.read("rows")).table.rowCount).toBe(2);
        const careful = new Reader(() => server.url("", "?tls=true"));
        await expect(careful.resolve("rows")).rejects.toMatchObject({
          code: "INGESTION_MONGODB_UNREACHABLE",
          message: expect.stringContaining("self-signed certificate"),
        });
      } finally {
        await server.stop();
      }
    });
  });
});
