// Compiles the WebAssembly kernels from kernel/ and writes them into src/, so that neither users nor the build need the
// compiler. `node scripts/write-kernel.mjs` writes; with --check it says which are stale, and fails when any is.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { main } from "assemblyscript/asc";

// In this order: the compiler keeps something of one entry for the next, so that the bytes depend on it.
const KERNELS = [
  { entry: "kernel/hist/index.ts", target: "src/engine/hist/kernel-bytes.ts" },
  { entry: "kernel/boosting/index.ts", target: "src/engine/boosting/kernel-bytes.ts" },
];

const FLAGS = [
  "--runtime=stub",
  "--importMemory",
  "--sharedMemory",
  "--initialMemory=1",
  "--maximumMemory=65536",
  "--enable=simd,threads,bulk-memory",
  "--use=abort=",
  "--optimizeLevel=3",
  "--shrinkLevel=0",
  "--noAssert",
];

const folder = join(dirname(fileURLToPath(import.meta.url)), "..");

/** The text of the generated file. */
async function compile(entry) {
  let bytes;
  let said = "";
  const { error } = await main([entry, ...FLAGS, "--outFile=kernel.wasm", "--baseDir", folder], {
    writeFile: (name, contents) => {
      if (name.endsWith(".wasm")) bytes = contents;
    },
    stderr: { write: (text) => (said += text) },
  });
  if (error || said !== "") throw new Error(`${entry}: ${said}`);
  const lines = Buffer.from(bytes)
    .toString("base64")
    .match(/.{1,96}/g);
  return `// Written by scripts/write-kernel.mjs from ${entry}: change that, not this.
const BASE64 =
  ${lines.map((line) => JSON.stringify(line)).join(" +\n  ")};

/** The kernel, as WebAssembly. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(BASE64, "base64"));
}
`;
}

let stale = 0;
for (const { entry, target } of KERNELS) {
  const text = await compile(entry);
  const path = join(folder, target);
  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    stale++;
    process.stderr.write(`${target} is not what ${entry} gives: run pnpm kernel:write\n`);
  }
}
process.exitCode = stale > 0 ? 1 : 0;
