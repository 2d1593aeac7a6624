import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A real MLflow server with its data in a folder, to be stopped and started again. */
export class MlflowServer {
  readonly uri: string;
  readonly #command: string;
  readonly #folder: string;
  #process: ChildProcess | undefined;

  constructor(command: string, folder: string, port: number) {
    this.#command = command;
    this.#folder = folder;
    this.uri = `http://127.0.0.1:${port}`;
  }

  async start(): Promise<void> {
    const store = `sqlite:///${join(this.#folder, "mlflow.db")}`;
    const args = ["server", "--host", "127.0.0.1", "--port", new URL(this.uri).port];
    args.push("--backend-store-uri", store, "--workers", "1");
    args.push("--artifacts-destination", join(this.#folder, "mlflow-artifacts"));
    // A group of its own: the command starts workers, which must end with it.
    const options = { cwd: this.#folder, detached: true, stdio: "ignore" } as const;
    const server = spawn(this.#command, args, options);
    this.#process = server;
    for (;;) {
      if (server.exitCode !== null) throw new Error(`mlflow server ended with ${server.exitCode}`);
      const healthy = await fetch(`${this.uri}/health`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (healthy) return;
      await sleep(200);
    }
  }

  async kill(): Promise<void> {
    const server = this.#process;
    if (server?.pid === undefined || server.exitCode !== null) return;
    const ended = once(server, "exit");
    process.kill(-server.pid, "SIGKILL");
    await ended;
    this.#process = undefined;
  }
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
