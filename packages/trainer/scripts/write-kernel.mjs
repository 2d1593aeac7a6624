// Compiles the WebAssembly kernels from kernel/ and writes them into src/, so that neither users nor the build need the
// compiler. `node scripts/write-kernel.mjs` writes; with --check it says which are stale, and fails when any is.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Each folder of kernel/ with an index.ts is one; the others have what several kernels are made of. */
const KERNELS = readdirSync(join(folder, "kernel"))
  .filter((name) => existsSync(join(folder, "kernel", name, "index.ts")))
  .map((name) => ({
    entry: `kernel/${name}/index.ts`,
    target: `src/engine/${name}/kernel-bytes.ts`,
  }));

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

const require = createRequire(import.meta.url);
const compiler = join(dirname(require.resolve("assemblyscript/package.json")), "bin/asc.js");

/** The text of the generated file. A process each: the compiler keeps something of one entry for the next. */
function compile(entry) {
  const temporary = mkdtempSync(join(tmpdir(), "gillnet-kernel-"));
  const file = join(temporary, "kernel.wasm");
  let bytes;
  try {
    const args = [compiler, entry, ...FLAGS, "--outFile", file, "--baseDir", folder];
    execFileSync(process.execPath, args, { cwd: folder, stdio: "inherit" });
    bytes = readFileSync(file);
  } finally {
    rmSync(temporary, { recursive: true });
  }
  const lines = bytes.toString("base64").match(/.{1,96}/g);
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
  const text = compile(entry);
  const path = join(folder, target);
  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    stale++;
    process.stderr.write(`${target} is not what ${entry} gives: run pnpm kernel:write\n`);
  }
}
process.exitCode = stale > 0 ? 1 : 0;
