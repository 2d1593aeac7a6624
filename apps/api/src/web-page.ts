import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import express from "express";
import type { RequestHandler } from "express";
import { contentSecurityPolicy } from "helmet";

/** The built page's folder; null when apps/web has not been built. */
export function webPageFolder(): string | null {
  const folder = fileURLToPath(new URL("dist", import.meta.resolve("@gillnet/web/package.json")));
  return existsSync(join(folder, "index.html")) ? folder : null;
}

/** GET /: the page. Its other files are named by their content, so that it alone is asked for again. */
export function webPage(folder: string): RequestHandler[] {
  return [
    contentSecurityPolicy({
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    }),
    (_request, response) => {
      response.setHeader("Cache-Control", "no-cache");
      response.sendFile("index.html", { root: folder, cacheControl: false });
    },
  ];
}

/** GET /assets/...: the page's files, whose names change with their content. */
export function webAssets(folder: string): RequestHandler {
  return express.static(join(folder, "assets"), {
    index: false,
    redirect: false,
    immutable: true,
    maxAge: "1y",
  });
}
