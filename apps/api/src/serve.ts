import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Express } from "express";
import { apiError } from "./errors.ts";

/** A client gets so long for its headers, and for its whole request, a slow upload included. */
const HEADERS_TIMEOUT_MS = 20_000;
const REQUEST_TIMEOUT_MS = 120_000;

/** Listens, and returns when connections are taken. Throws API_ADDRESS_UNUSABLE. */
export async function listen(app: Express, host: string, port: number): Promise<Server> {
  const server = createServer(
    { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    app,
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why =
        error.code === "EADDRINUSE"
          ? "another program listens there"
          : (error.code ?? error.message);
      reject(
        apiError("API_ADDRESS_UNUSABLE", `Can't listen on ${host}, port ${port}: ${why}`, {
          cause: error,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
  return server;
}

/** Where a listening server can be reached: `http://127.0.0.1:8000`. */
export function serverUrl(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

/**
 * Stops accepting, lets requests under way end, and cuts off those that have not after `limitMs`.
 * Resolves when all connections are closed, to true when none had to be cut off.
 */
export async function shutDown(server: Server, limitMs: number): Promise<boolean> {
  let isClean = true;
  const timer = setTimeout(() => {
    isClean = false;
    server.closeAllConnections();
  }, limitMs);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  clearTimeout(timer);
  return isClean;
}
