import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { MongoClient } from "mongodb";
import type { Collection } from "mongodb";

const COMMAND = process.env["GILLNET_SECANTUSD_COMMAND"];

/** A suite that needs a server: SecantusDB's, whose path GILLNET_SECANTUSD_COMMAND holds. Skipped without one. */
export const describeMongodb: (name: string, body: () => void) => void =
  COMMAND === undefined
    ? (name, body) =>
        describe.skip(`${name} (skipped: GILLNET_SECANTUSD_COMMAND names no server)`, body)
    : describe;

/** A MongoDB-compatible server on a free port of this machine, with its files in a folder of its own. */
export class TestServer {
  readonly port: number;
  readonly #folder: string;
  #process: ChildProcess;

  private constructor(port: number, folder: string, process: ChildProcess) {
    this.port = port;
    this.#folder = folder;
    this.#process = process;
  }

  static async start(...flags: string[]): Promise<TestServer> {
    const folder = await mkdtemp(join(tmpdir(), "gillnet-mongodb-"));
    const port = await freePort();
    return new TestServer(port, folder, await launch(port, folder, flags));
  }

  /** "mongodb://user:password@127.0.0.1:port/?options" */
  url(login: string = "", options: string = ""): string {
    return `mongodb://${login}${login === "" ? "" : "@"}127.0.0.1:${this.port}/${options}`;
  }

  /** Does `work` on a collection through a client of its own. */
  async on<T>(name: string, work: (collection: Collection) => Promise<T>): Promise<T> {
    const client = new MongoClient(this.url());
    try {
      const [database, collection = ""] = name.split(".");
      return await work(client.db(database).collection(collection));
    } finally {
      await client.close();
    }
  }

  /** Makes a user of the database admin, and asks everybody for a password from now on. */
  async demandPassword(user: string, password: string): Promise<void> {
    const client = new MongoClient(this.url());
    await client.db("admin").command({ createUser: user, pwd: password, roles: ["root"] });
    await client.close();
    await this.#kill();
    this.#process = await launch(this.port, this.#folder, ["--auth"]);
  }

  async stop(): Promise<void> {
    await this.#kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #kill(): Promise<void> {
    const gone = once(this.#process, "exit");
    this.#process.kill();
    await gone;
  }
}

async function launch(port: number, folder: string, flags: string[]): Promise<ChildProcess> {
  const args = ["--host", "127.0.0.1", "--port", String(port)];
  args.push("--storage-path", join(folder, "data"), ...flags);
  const child = spawn(COMMAND ?? "", args, { stdio: ["ignore", "ignore", "pipe"] });
  const said: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    said.push(line);
    if (!line.includes("listening on")) continue;
    // So that it never waits for a reader.
    child.stderr.resume();
    return child;
  }
  throw new Error(`The server did not start: ${said.join("\n")}`);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
