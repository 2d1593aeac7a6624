import { SeededRandom } from "@gillnet/entity";

import { ForestGrower } from "../../../src/engine/forest/forest-grower.ts";
import type { ForestRules } from "../../../src/engine/forest/forest-grower.ts";
import { ForestKernel } from "../../../src/engine/forest/kernel.ts";
import { WASM_PAGE } from "../../../src/engine/web-assembly.ts";
import { FOREST_RULES, NO_LIMITS } from "../../no-limits.ts";
import { randomTable, trainingSetOf } from "../../random-table.ts";

// Labels at random: the tree has more nodes than a kernel has room for to begin with.
const recipes = [
  { kind: "numeric", levels: 600 },
  { kind: "categorical", levels: 200 },
] as const;
const { binned, targets } = trainingSetOf(randomTable(9000, recipes, new SeededRandom(3)));
const shallow = { ...FOREST_RULES, limits: { ...NO_LIMITS, maxDepth: 3 } };

/** How many nodes a tree has, or the code of what goes wrong. */
function grow(rules: ForestRules, kernel: ForestKernel): number | string {
  let grower: ForestGrower;
  try {
    grower = new ForestGrower(binned, rules, null, kernel);
  } catch {
    return "no room to begin with";
  }
  try {
    return grower.grow(targets, new SeededRandom(1)).count;
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
}

test("a memory that cannot grow as a tree needs it is out of memory, and good for a smaller tree", () => {
  const wanted = grow(FOREST_RULES, new ForestKernel());
  const wantedOfShallow = grow(shallow, new ForestKernel());
  const outcomes = new Set<number | string>();
  for (let pages = 8; pages <= 40; pages++) {
    const kernel = new ForestKernel(pages * WASM_PAGE);
    const outcome = grow(FOREST_RULES, kernel);
    outcomes.add(outcome);
    // Where the records of the rows have room, a few nodes have it too.
    if (pages >= 16) expect(grow(shallow, kernel)).toBe(wantedOfShallow);
  }
  expect(outcomes).toEqual(new Set(["no room to begin with", "TRAINER_OUT_OF_MEMORY", wanted]));
});
