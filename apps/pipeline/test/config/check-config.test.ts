import { checkConfig } from "../../src/config/check-config.ts";
import type { PipelineConfig } from "../../src/config/pipeline-config.ts";
import { treeOf } from "./tree-of.ts";

function check(source: object, by: string, schema: object): readonly string[] {
  const config = { source, ingestion: { split: { by } }, schema } as unknown as PipelineConfig;
  const root = treeOf("source:\n  kind: x\ningestion:\n  split:\n    by: x\n");
  return checkConfig(config, root).map(({ code, message, origin, path }) => {
    expect(code).toBe("CONFIG_KEY_MISSING");
    expect(message).toContain(`${path?.join(".")} is missing: `);
    return `${path?.join(".")} at ${origin.kind === "file" ? origin.line : ""}`;
  });
}

test.each<[object, string, object, readonly string[]]>([
  [{ kind: "auto" }, "auto", {}, []],
  [{ kind: "csv", path: "t.csv" }, "group", { group: "site" }, []],
  [{ kind: "csv" }, "auto", {}, ["source.path at 2"]],
  [{ kind: "parquet" }, "group", {}, ["source.path at 2", "schema.group at 5"]],
  [{ kind: "uci" }, "vector", {}, ["source.uci at 2"]],
  [{ kind: "uci", uci: {} }, "vector", {}, []],
])("%j with a split by %s and %j", (source, by, schema, expected) => {
  expect(check(source, by, schema)).toEqual(expected);
});
