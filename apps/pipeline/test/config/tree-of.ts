import type { MapNode } from "../../src/config/config-tree.ts";
import { parseYaml } from "../../src/config/parse-yaml.ts";

/** The tree of a YAML map in a file called t.yaml. */
export function treeOf(text: string): MapNode {
  const { root, problems } = parseYaml(text, (line, column) => ({
    kind: "file",
    file: "t.yaml",
    line,
    column,
  }));
  if (root?.kind !== "map") throw new Error(`No map: ${JSON.stringify(problems)}`);
  return root;
}
