import { sha256 } from "@gillnet/entity/node";
import { posix } from "node:path";

/**
 * What MLflow accepts. The server cuts longer values silently, so they are cut here, where it is said.
 * https://mlflow.org/docs/latest/rest-api.html
 */
export const limits = {
  nameLength: 250,
  paramLength: 6000,
  tagLength: 8000,
  digestLength: 36,
  datasetNameLength: 500,
  /** Values of one kind in a request. */
  batch: { param: 100, tag: 100, metric: 1000 },
  /** A request may have a megabyte; some is left for the envelope. */
  batchBytes: 900_000,
} as const;

/**
 * The name as MLflow takes it for a param, metric or tag: letters, digits, `_.- /`, no empty or dotted path
 * segment, up to 250 characters. A name that has to change ends in a hash of the original, so that different
 * names stay different.
 */
export function fitName(name: string): string {
  // A colon is fine for servers on Linux and refused by those on Windows.
  const clean = name.replaceAll(/[^\p{L}\p{N}_.\- /]/gu, "_");
  const fitted = withoutDotSegments(clean);
  if (fitted === name && name.length <= limits.nameLength) return name;
  const mark = markOf(name);
  return cut(fitted, limits.nameLength - mark.length) + mark;
}

/** The path as MLflow takes it for an artifact; the hash of one that has to change stands before its extension. */
export function fitPath(path: string): string {
  const fitted = withoutDotSegments(path.replaceAll(/[#\\\p{Cc}\p{Cs}]/gu, "_"));
  if (fitted === path) return path;
  const { dir, name, ext } = posix.parse(fitted);
  return posix.join(dir, name + markOf(path) + ext);
}

function withoutDotSegments(path: string): string {
  return path
    .split("/")
    .map((segment) => (/^\.{0,2}$/.test(segment) ? "_" : segment))
    .join("/");
}

function markOf(original: string): string {
  return `-${sha256(original).slice(0, 8)}`;
}

/** The text as MLflow stores it whole: a longer one ends in a mark that says so. */
export function fitText(text: string, maximum: number): string {
  // Databases refuse NUL and half surrogate pairs.
  const clean = text.replaceAll(/[\0\p{Cs}]/gu, "\uFFFD");
  if (clean.length <= maximum) return clean;
  const mark = ` ... (cut, ${text.length} characters)`;
  return cut(clean, maximum - mark.length) + mark;
}

/** The first `length` UTF-16 code units, without half a surrogate pair at the end. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
}
