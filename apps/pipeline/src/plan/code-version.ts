import { PipelineError } from "@gillnet/entity";
import { canonicalJson, sha256 } from "@gillnet/entity/node";
import { readFile, readdir, realpath } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

/** Gives the version of a workspace package and of all that it depends on, by package name. */
export type CodeVersion = (packageName: string) => Promise<Readonly<Record<string, string>>>;

/** Workspace packages have this scope, whatever the installer wrote as their version. */
const SCOPE = "@gillnet/";

/**
 * Reads code versions from the packages as they are installed for the package in `folder`: for each
 * workspace package the hash of its built files (`dist/**\/*.js`), for any other its version. Every
 * package is read once. Error: RUN_CODE_MISSING.
 */
export function readCodeVersions(folder: string): CodeVersion {
  const packages = new Map<string, Promise<InstalledPackage>>();
  const load = async (name: string, from: string): Promise<InstalledPackage> => {
    const root = await findPackage(name, from);
    let loaded = packages.get(root);
    if (loaded === undefined) packages.set(root, (loaded = readPackage(name, root)));
    return loaded;
  };
  const collect = async (name: string, from: string, seen: Map<string, string>): Promise<void> => {
    if (seen.has(name)) return;
    const found = await load(name, from);
    seen.set(name, found.version);
    for (const dependency of found.dependencies) await collect(dependency, found.root, seen);
  };
  return async (packageName) => {
    const seen = new Map<string, string>();
    await collect(packageName, folder, seen);
    return Object.fromEntries([...seen].sort(([a], [b]) => (a < b ? -1 : 1)));
  };
}

interface InstalledPackage {
  readonly root: string;
  readonly version: string;
  /** Names; empty for packages that are not ours, whose version says it all. */
  readonly dependencies: readonly string[];
}

async function readPackage(name: string, root: string): Promise<InstalledPackage> {
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    version?: string;
    dependencies?: Record<string, string>;
  };
  if (!name.startsWith(SCOPE)) return { root, version: manifest.version ?? "", dependencies: [] };
  return {
    root,
    version: await hashBuiltFiles(name, join(root, "dist")),
    dependencies: Object.keys(manifest.dependencies ?? {}).sort(),
  };
}

async function hashBuiltFiles(name: string, folder: string): Promise<string> {
  const hashes: Record<string, string> = {};
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  await Promise.all(
    entries
      .filter((entry) => entry.isFile() && entry.name.endsWith(".js"))
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        hashes[relative(folder, path).split(sep).join("/")] = sha256(await readFile(path));
      }),
  );
  if (Object.keys(hashes).length === 0) {
    throw new PipelineError("RUN_CODE_MISSING", `The built code of ${name} is not in ${folder}`, {
      hint: "Build it with pnpm build:ts",
      details: { package: name },
    });
  }
  return sha256(canonicalJson(hashes));
}

/** The folder of an installed package, as Node finds it: the nearest node_modules upward that has it. */
async function findPackage(name: string, from: string): Promise<string> {
  for (let folder = from; ; folder = dirname(folder)) {
    try {
      return await realpath(join(folder, "node_modules", name));
    } catch {
      if (dirname(folder) === folder) {
        throw new PipelineError("RUN_CODE_MISSING", `The package ${name} is not installed`, {
          hint: "Install with pnpm install",
          details: { package: name },
        });
      }
    }
  }
}
