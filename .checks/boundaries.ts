import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Which packages of ours each package may import: the house's plan. `docs/architecture.md` says why. */
export const ALLOWED: Readonly<Record<string, readonly string[]>> = {
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
  "apps/api": ["model-bundle"],
  "apps/web": ["model-bundle"],
};

/** Packages that run in the browser too: their sources may not name a module of Node's. */
const BROWSER_SAFE: Readonly<Record<string, (file: string) => boolean>> = {
  "packages/model-bundle": () => true,
  "packages/entity": (file) => ENTITY_MAIN_ENTRY(file),
};

/** entity's Node-only half stands behind its `./node` entry. */
const ENTITY_NODE_FILES = ["node.ts", "content-hash.ts", "artifact-store.ts", "write-atomic.ts"];
const ENTITY_MAIN_ENTRY = (file: string): boolean =>
  !ENTITY_NODE_FILES.some((name) => file.endsWith(`src/${name}`));

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
    for (const file of sourceFiles(join(root, folder, "src"))) {
      const path = relative(root, file).split(sep).join("/");
      for (const specifier of importsOf(readFileSync(file, "utf8"))) {
        if (specifier.startsWith(".")) {
          const target = relative(join(root, folder, "src"), join(file, "..", specifier));
          if (target.startsWith(".."))
            problems.push(`${path}: imports ${specifier}, outside its package's src`);
        } else if (specifier.startsWith("node:")) {
          if (BROWSER_SAFE[folder]?.(path))
            problems.push(`${path}: imports ${specifier}, but runs in the browser too`);
        } else {
          const name = packageName(specifier);
          if (!declared.has(name))
            problems.push(`${path}: imports ${name}, which package.json does not declare`);
          if (name.startsWith("@gillnet/")) {
            if (!allowed.includes(name.slice("@gillnet/".length))) {
              problems.push(`${path}: imports ${name}, which the plan does not allow`);
            }
            if (specifier !== name && specifier !== "@gillnet/entity/node") {
              problems.push(`${path}: imports ${specifier}, past the package's door`);
            }
          }
        }
      }
    }
  }
  return problems;
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
