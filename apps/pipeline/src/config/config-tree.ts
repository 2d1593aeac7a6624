/** Where a value was given: a place in a file (line and column from 1), a file as a whole, or a --set flag. */
export type Origin =
  | {
      readonly kind: "file";
      readonly file: string;
      readonly line: number;
      readonly column: number;
    }
  | { readonly kind: "whole"; readonly file: string }
  | { readonly kind: "flag"; readonly flag: string };

export type Scalar = string | number | boolean | null;

export interface ScalarNode {
  readonly kind: "scalar";
  readonly value: Scalar;
  /** Written without quotes: what a variable puts into it is read as YAML (42 is a number). */
  readonly plain: boolean;
  readonly origin: Origin;
}

interface ListNode {
  readonly kind: "list";
  readonly items: readonly ConfigNode[];
  readonly origin: Origin;
}

export interface MapEntry {
  readonly keyOrigin: Origin;
  readonly node: ConfigNode;
}

export interface MapNode {
  readonly kind: "map";
  /** In the order of the file. (A plain object would put keys like "10" first.) */
  readonly entries: ReadonlyMap<string, MapEntry>;
  readonly origin: Origin;
}

/** A configuration value that knows where each of its parts was given. Never mutated. */
export type ConfigNode = ScalarNode | ListNode | MapNode;

/** Keys of maps and indices of lists, from the top. */
export type KeyPath = readonly (string | number)[];

/** The value without its origins: plain objects, lists and scalars. */
export function toPlain(node: ConfigNode): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(toPlain);
  // fromEntries defines members, so a key called __proto__ is a key like any other.
  return Object.fromEntries([...node.entries].map(([key, entry]) => [key, toPlain(entry.node)]));
}

/** The same tree with every scalar replaced by what `change` makes of it. */
export function mapScalars(node: ConfigNode, change: (node: ScalarNode) => ScalarNode): ConfigNode {
  if (node.kind === "scalar") return change(node);
  if (node.kind === "list")
    return { ...node, items: node.items.map((item) => mapScalars(item, change)) };
  const entries = new Map<string, MapEntry>();
  for (const [key, { keyOrigin, node: below }] of node.entries)
    entries.set(key, { keyOrigin, node: mapScalars(below, change) });
  return { ...node, entries };
}

/** All scalars of the tree, in order. */
export function* scalarsOf(node: ConfigNode): Generator<ScalarNode> {
  if (node.kind === "scalar") yield node;
  else if (node.kind === "list") for (const item of node.items) yield* scalarsOf(item);
  else for (const entry of node.entries.values()) yield* scalarsOf(entry.node);
}

/** `base` with the entries of `over` in place of its own; maps that both have are merged in turn. */
export function mergeMaps(base: MapNode, over: MapNode): MapNode {
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const below = base.entries.get(key)?.node;
    entries.set(
      key,
      below?.kind === "map" && entry.node.kind === "map"
        ? { ...entry, node: mergeMaps(below, entry.node) }
        : entry,
    );
  }
  return { ...base, entries };
}

/** The value of `key` in a map; undefined when there is none or when `node` is no map. */
export function childOf(node: ConfigNode | undefined, key: string): ConfigNode | undefined {
  return node?.kind === "map" ? node.entries.get(key)?.node : undefined;
}

/** `map` with `key` set to `node`, or taken out when `node` is undefined. */
export function withEntry(map: MapNode, key: string, entry: MapEntry | undefined): MapNode {
  const entries = new Map(map.entries);
  if (entry === undefined) entries.delete(key);
  else entries.set(key, entry);
  return { ...map, entries };
}

/**
 * Where the value at `path` was given: the value itself, or, with `of` "key", its key. When the path
 * leads to nothing (a default, a missing key), the place of the nearest key above it.
 */
export function originAt(root: ConfigNode, path: KeyPath, of: "key" | "value"): Origin {
  let node = root;
  let key = root.origin;
  for (const step of path) {
    if (node.kind === "map") {
      const entry = node.entries.get(String(step));
      if (entry === undefined) return key;
      key = entry.keyOrigin;
      node = entry.node;
    } else if (node.kind === "list") {
      const item = node.items[Number(step)];
      if (item === undefined) return key;
      key = item.origin;
      node = item;
    } else return key;
  }
  return of === "key" ? key : node.origin;
}

/** "trainer.families.random_forest", "values[2]", 'columns."a.b"': a path as people write it. */
export function formatPath(path: KeyPath): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else {
      const name = /^[^\s.="'[\]{}]+$/u.test(step) ? step : JSON.stringify(step);
      text += text === "" ? name : `.${name}`;
    }
  }
  return text;
}
