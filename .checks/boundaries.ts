import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Which packages of ours each package may import: the house's plan. `docs/architecture.md` says why. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  "packages/entity": [],
  "packages/table": ["entity"],
  "packages/model-bundle": ["entity"],
  "packages/ingestion": ["entity", "table"],
  "packages/validation": ["entity", "table"],
  "packages/transformation": ["entity", "table", "model-bundle"],
  "packages/trainer": ["entity", "table", "model-bundle"],
  "packages/tracking": ["entity"],
  "packages/report": ["entity"],
  "packages/onnx-export": ["entity", "model-bundle"],
  "packages/bench": ["entity", "table", "model-bundle", "transformation", "trainer"],
  "apps/pipeline": [
    "entity",
    "table",
    "model-bundle",
    "ingestion",
    "validation",
    "transformation",
    "trainer",
    "tracking",
    "report",
    "onnx-export",
  ],
  // Of web the built files, as files.
  "apps/api": ["model-bundle", "web"],
  "apps/web": ["model-bundle"],
};

/** Packages whose main entry runs in the browser too: nothing that it reaches may name a module of Node's. */
const BROWSER_SAFE: ReadonlySet<string> = new Set(["packages/entity", "packages/model-bundle"]);

/** Packages that ship as one bundle: what they import is installed for building alone. */
const BUNDLED: ReadonlySet<string> = new Set(["apps/web"]);

/** Entries besides a package's main one: what needs Node, and the settings, which a quick command reads alone. */
const SIDE_DOORS: ReadonlySet<string> = new Set(["/node", "/params"]);

interface PackageJson {
  readonly name?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * Every way in which the tree at `root` breaks the plan: a package that the plan does not know, a
 * declared or imported package of ours that is not allowed, an import that is not declared, one that
 * reaches into another package's files, or one of Node's modules in code for the browser.
 */
export function findBoundaryViolations(root: string): string[] {
  const problems: string[] = [];
  for (const folder of packageFolders(root)) {
    const allowed = ALLOWED[folder];
    if (allowed === undefined) {
      problems.push(`${folder}: the plan does not know this package`);
      continue;
    }
    const manifest = JSON.parse(
      readFileSync(join(root, folder, "package.json"), "utf8"),
    ) as PackageJson;
    const declared = new Set(
      [manifest.dependencies, manifest.peerDependencies, manifest.optionalDependencies].flatMap(
        (group) => Object.keys(group ?? {}),
      ),
    );
    const declaredForTests = new Set([...declared, ...Object.keys(manifest.devDependencies ?? {})]);
    for (const name of declaredForTests) {
      if (name.startsWith("@gillnet/") && !allowed.includes(name.slice("@gillnet/".length))) {
        problems.push(`${folder}/package.json: depends on ${name}, which the plan does not allow`);
      }
    }
    const forBrowser = BROWSER_SAFE.has(folder)
      ? reachableFrom(join(root, folder, "src/index.ts"))
      : new Set<string>();
    for (const file of sourceFiles(join(root, folder, "src"))) {
      const path = relative(root, file).split(sep).join("/");
      for (const specifier of importsOf(readFileSync(file, "utf8"))) {
        const fault = faultOfImport(specifier, {
          target: relative(join(root, folder, "src"), join(file, "..", specifier)),
          declared: BUNDLED.has(folder) ? declaredForTests : declared,
          allowed,
          forBrowser: forBrowser.has(file),
        });
        if (fault !== undefined) problems.push(`${path}: imports ${fault}`);
      }
    }
  }
  return problems;
}

interface ImportSite {
  /** Where a relative import leads, from the package's src. */
  readonly target: string;
  readonly declared: ReadonlySet<string>;
  readonly allowed: readonly string[];
  readonly forBrowser: boolean;
}

/** What is wrong with importing `specifier` there, as the end of a sentence; undefined when nothing is. */
function faultOfImport(specifier: string, site: ImportSite): string | undefined {
  if (specifier.startsWith(".")) {
    return site.target.startsWith("..") ? `${specifier}, outside its package's src` : undefined;
  }
  if (specifier.startsWith("node:")) {
    return site.forBrowser ? `${specifier}, but runs in the browser too` : undefined;
  }
  const name = packageName(specifier);
  const ours = name.startsWith("@gillnet/");
  if (ours && !site.allowed.includes(name.slice("@gillnet/".length))) {
    return `${name}, which the plan does not allow`;
  }
  if (!site.declared.has(name)) return `${name}, which package.json does not declare`;
  if (ours && specifier !== name && !SIDE_DOORS.has(specifier.slice(name.length))) {
    return `${specifier}, past the package's door`;
  }
  return undefined;
}

/** `file` and all that it imports by relative paths, directly or not. */
function reachableFrom(file: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const specifier of importsOf(readFileSync(file, "utf8"))) {
    if (specifier.startsWith(".")) reachableFrom(join(file, "..", specifier), seen);
  }
  return seen;
}

function packageFolders(root: string): string[] {
  return ["packages", "apps"].flatMap((group) =>
    readdirSync(join(root, group), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
      .map((entry) => `${group}/${entry.name}`),
  );
}

function* sourceFiles(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* sourceFiles(path);
    else if (/\.tsx?$/.test(name)) yield path;
  }
}

/** Module names in `import`, `export ... from` and `import()` of TypeScript text. */
export function importsOf(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  const found = code.matchAll(
    /(?:^|[;\s])(?:import|export)\s[^"';]*?from\s*["']([^"']+)["']|(?:^|[;\s])import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g,
  );
  return [...found].map((match) => (match[1] ?? match[2] ?? match[3]) as string);
}

function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
