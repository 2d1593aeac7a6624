import type { ParsedNode } from "yaml";
import { isAlias, isMap, isScalar, LineCounter, parseDocument, Schema } from "yaml";
import type { ConfigNode, MapEntry, Origin, Scalar } from "./config-tree.ts";
import { findDeepNesting } from "./find-deep-nesting.ts";
import { maskVariables, unmaskVariables } from "./mask-variables.ts";
import type { ConfigProblem } from "./problem.ts";

/** How deep maps and lists may nest. */
const MAX_DEPTH = 40;
/** How many values aliases may stand for in all: a guard against bombs of aliases of aliases. */
const MAX_ALIASED = 10_000;

const TOO_DEEP = `Maps and lists nest deeper than ${MAX_DEPTH} levels`;

const CORE_TAGS = new Schema({ schema: "core" }).tags;

/** What YAML 1.2 reads in a scalar without quotes: a number, true or false, null, else the text itself. */
export function resolvePlainScalar(text: string): Scalar {
  for (const tag of CORE_TAGS) {
    if (tag.collection !== undefined || tag.test?.test(text) !== true) continue;
    const resolved = tag.resolve?.(text, () => {}, {});
    const value = isScalar(resolved) ? resolved.value : resolved;
    if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  }
  return text;
}

export interface ParsedYaml {
  /** Undefined when there are problems, or when the document is empty. */
  readonly root: ConfigNode | undefined;
  readonly problems: readonly ConfigProblem[];
}

/**
 * Reads one YAML 1.2 document (core schema, keys are text, no tags, no merge keys) into a tree whose nodes
 * know their places, `originOf(line, column)`. Problems: CONFIG_YAML_SYNTAX.
 */
export function parseYaml(
  text: string,
  originOf: (line: number, column: number) => Origin,
): ParsedYaml {
  const masked = maskVariables(text);
  const unmask = masked === text ? (part: string): string => part : unmaskVariables;
  const lineCounter = new LineCounter();
  const originAtOffset = (offset: number): Origin => {
    const { line, col } = lineCounter.linePos(offset);
    return originOf(line, col);
  };
  const problems: ConfigProblem[] = [];
  const report = (offset: number, message: string): void => {
    problems.push({
      code: "CONFIG_YAML_SYNTAX",
      message: unmask(message),
      origin: originAtOffset(offset),
    });
  };

  const tooDeep = findDeepNesting(masked);
  if (tooDeep !== undefined) {
    // The library fills the counter only while it parses.
    lineCounter.addNewLine(0);
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1))
      lineCounter.addNewLine(at + 1);
    report(tooDeep, TOO_DEEP);
    return { root: undefined, problems };
  }
  const document = parseDocument(masked, {
    lineCounter,
    schema: "core",
    resolveKnownTags: false,
    stringKeys: true,
    prettyErrors: false,
    logLevel: "error",
  });

  // Faults of the grammar cascade: only the first one is to be trusted. Keys given twice do not.
  const firstFault = document.errors.find((error) => error.code !== "DUPLICATE_KEY");
  for (const error of document.errors) {
    if (error.code === "DUPLICATE_KEY")
      report(error.pos[0], duplicateKeyMessage(text, error.pos[0]));
    else if (error === firstFault) report(error.pos[0], grammarMessage(error.code, error.message));
  }
  for (const warning of document.warnings)
    report(warning.pos[0], `${warning.message}; configuration files have no tags`);
  if (problems.length > 0 || document.contents === null) return { root: undefined, problems };

  const builder = new TreeBuilder(unmask, originAtOffset, report);
  const root = builder.build(document.contents, 0);
  return problems.length > 0 ? { root: undefined, problems } : { root, problems };
}

/** Turns the library's nodes into ours, following aliases without ever expanding them. */
class TreeBuilder {
  readonly #unmask: (text: string) => string;
  readonly #originAtOffset: (offset: number) => Origin;
  readonly #report: (offset: number, message: string) => void;
  /** Nodes that are done, by anchor, with the count of values in them. A node is no target within itself. */
  readonly #anchors = new Map<string, { readonly node: ConfigNode; readonly size: number }>();
  #size = 0;
  #aliased = 0;

  constructor(
    unmask: (text: string) => string,
    originAtOffset: (offset: number) => Origin,
    report: (offset: number, message: string) => void,
  ) {
    this.#unmask = unmask;
    this.#originAtOffset = originAtOffset;
    this.#report = report;
  }

  build(node: ParsedNode, depth: number): ConfigNode {
    const sizeBefore = this.#size++;
    const built = this.#convert(node, depth);
    if (!isAlias(node) && node.anchor !== undefined)
      this.#anchors.set(node.anchor, { node: built, size: this.#size - sizeBefore });
    return built;
  }

  #convert(node: ParsedNode, depth: number): ConfigNode {
    const [offset] = node.range;
    const origin = this.#originAtOffset(offset);
    const nothing: ConfigNode = { kind: "scalar", value: null, plain: false, origin };
    if (isScalar(node)) {
      const value = node.value as Scalar;
      return {
        kind: "scalar",
        value: typeof value === "string" ? this.#unmask(value) : value,
        plain: node.type === "PLAIN",
        origin,
      };
    }
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      if (target === undefined) {
        this.#report(offset, `*${node.source} names no anchor above it`);
        return nothing;
      }
      this.#aliased += target.size;
      if (this.#aliased > MAX_ALIASED) {
        if (this.#aliased - target.size <= MAX_ALIASED)
          this.#report(offset, `Aliases stand for more than ${MAX_ALIASED} values`);
        return nothing;
      }
      this.#size += target.size;
      return target.node;
    }
    if (depth >= MAX_DEPTH) {
      this.#report(offset, TOO_DEEP);
      return nothing;
    }
    if (isMap(node)) {
      const entries = new Map<string, MapEntry>();
      for (const { key, value } of node.items) {
        const keyOrigin = this.#originAtOffset(key.range[0]);
        entries.set(this.#unmask(String(isScalar(key) ? key.value : key)), {
          keyOrigin,
          node:
            value === null
              ? { kind: "scalar", value: null, plain: false, origin: keyOrigin }
              : this.build(value, depth + 1),
        });
      }
      return { kind: "map", entries, origin };
    }
    return {
      kind: "list",
      items: node.items.map((item) => this.build(item, depth + 1)),
      origin,
    };
  }
}

function duplicateKeyMessage(text: string, offset: number): string {
  const [line = ""] = text.slice(offset).split("\n", 1);
  const key = /^(?:"[^"]*"|'[^']*'|[^:\s]+)/.exec(line)?.[0] ?? line;
  return `${key} is given twice in one map`;
}

function grammarMessage(code: string, message: string): string {
  switch (code) {
    case "MULTIPLE_DOCS":
      return "A second document begins here; a configuration is one document, without ---";
    case "NON_STRING_KEY":
      return "A key must be text, not a list, a map or an alias";
    case "BLOCK_AS_IMPLICIT_KEY":
      return "A second 'key: value' on one line; put the text in quotes if the colon belongs to it";
    case "TAB_AS_INDENT":
      return "A tab indents this line; YAML takes spaces only";
    default:
      return message;
  }
}
