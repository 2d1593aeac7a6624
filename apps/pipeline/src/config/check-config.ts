import type { MapNode } from "./config-tree.ts";
import { originAt } from "./config-tree.ts";
import type { PipelineConfig } from "./pipeline-config.ts";
import type { ConfigProblem } from "./problem.ts";

/**
 * What no JSON Schema of one part can see: keys that another key's value asks for.
 * Problems: CONFIG_KEY_MISSING.
 */
export function checkConfig(config: PipelineConfig, root: MapNode): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const needs = (path: readonly string[], asking: readonly string[], because: string): void => {
    problems.push({
      code: "CONFIG_KEY_MISSING",
      message: `${path.join(".")} is missing: ${because}`,
      origin: originAt(root, asking, "value"),
      path,
    });
  };
  const { source, ingestion, schema } = config;
  if ((source.kind === "csv" || source.kind === "parquet") && source.path === undefined)
    needs(["source", "path"], ["source", "kind"], `source.kind ${source.kind} reads that file`);
  if (source.kind === "uci" && source.uci === undefined)
    needs(["source", "uci"], ["source", "kind"], "source.kind uci downloads that dataset");
  if (ingestion.split.by === "group" && schema.group === undefined)
    needs(
      ["schema", "group"],
      ["ingestion", "split", "by"],
      "ingestion.split.by group keeps the rows of that column's values together",
    );
  return problems;
}
