import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface DocumentedCode {
  /** The package's folder, as in "packages/table". */
  readonly owner: string;
  readonly code: string;
  readonly meaning: string;
  readonly remedy: string;
}

/** Every code of every package's table of errors, in the order of packages and codes. */
export async function allErrorCodes(root: string): Promise<DocumentedCode[]> {
  const codes: DocumentedCode[] = [];
  for (const owner of packagesWithSources(root)) {
    for (const file of typescriptFiles(join(root, owner, "src"))) {
      if (!file.endsWith("errors.ts")) continue;
      const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
      for (const table of Object.values(module)) {
        if (typeof table !== "object" || table === null) continue;
        for (const [code, entry] of Object.entries(table)) {
          const { meaning, remedy } = entry as { meaning: string; remedy: string };
          codes.push({ owner, code, meaning, remedy });
        }
      }
    }
  }
  return codes;
}

/** Codes that a package's sources name as the first argument of a PipelineError. */
export function thrownCodes(root: string, owner: string): Set<string> {
  const codes = new Set<string>();
  for (const file of typescriptFiles(join(root, owner, "src"))) {
    if (file.endsWith("errors.ts")) continue;
    for (const match of readFileSync(file, "utf8").matchAll(/"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)"/g)) {
      codes.add(match[1] as string);
    }
  }
  return codes;
}

/** docs/errors.md as it must read. */
export function errorReference(codes: readonly DocumentedCode[]): string {
  const lines = [
    "# Error codes",
    "",
    "Every error that the pipeline and the API raise carries one of these codes, a message with the value and",
    "the bound, and a hint. This page is written from the packages' tables (`pnpm docs:write`); a test keeps it true.",
  ];
  for (const owner of new Set(codes.map((code) => code.owner))) {
    lines.push("", `## ${owner}`, "", "| code | meaning | what to do |", "| --- | --- | --- |");
    for (const { code, meaning, remedy } of codes.filter((entry) => entry.owner === owner)) {
      lines.push(`| \`${code}\` | ${cell(meaning)} | ${cell(remedy)} |`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

export function packagesWithSources(root: string): string[] {
  return ["packages", "apps"].flatMap((group) =>
    readdirSync(join(root, group))
      .filter((name) => existsSync(join(root, group, name, "src")))
      .map((name) => `${group}/${name}`),
  );
}

function typescriptFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name))
    .toSorted();
}
