import { createServer, request } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { MlflowServer } from "../../../../packages/tracking/test/mlflow-server.ts";

/** Stands before a server, and can stop it in the middle of a conversation. */
export class CuttingProxy {
  readonly #server: Server;
  readonly #target: MlflowServer;
  /** So many requests go through before the server is killed; the later ones are answered by nobody. */
  left = Infinity;

  constructor(target: MlflowServer) {
    this.#target = target;
    this.#server = createServer((incoming, outgoing) => this.#pass(incoming, outgoing));
  }

  /** Gives the host and port to talk to. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const cut = (): void => void incoming.socket.destroy();
    if (this.left-- <= 0) return void this.#target.kill().then(cut, cut);
    const { method, headers, url } = incoming;
    const passed = request(this.#target.uri + url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on("error", cut);
    incoming.pipe(passed);
  }
}
