import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { SeededRandom } from "@gillnet/entity";

import { train } from "../src/index.ts";
import { randomTable } from "./random-table.ts";
import { contextIn, inFolder, writeTransformed } from "./transformed-folder.ts";

test("the README's example is this code, and says what comes out", async () => {
  await inFolder(async (folder) => {
    const recipes = Array.from({ length: 6 }, () => ({ kind: "numeric", levels: 3 }) as const);
    const { x, labels, features } = randomTable(300, recipes, new SeededRandom(2));
    const rows = Array.from(labels, (label, row) => ({
      cells: Array.from(x.data.subarray(6 * row, 6 * row + 6)),
      label,
      group: row,
      weight: 1,
    }));
    const transformation = await writeTransformed(
      folder,
      features,
      rows.slice(0, 240),
      rows.slice(240),
    );
    const context = contextIn(join(folder, "out"));

    const families = {
      logistic_regression: { C: [0.1, 1], max_iter: 100, standardize: true },
      decision_tree: {
        criterion: "gini",
        max_depth: [3, 6],
        min_samples_leaf: 5,
        min_samples_split: 2,
      },
    } as const;
    const search = { kind: "grid", candidates: 50, factor: 3, time_budget: null } as const;
    const ensemble = { kind: "none", members: null } as const;
    const params = { folds: 5, metric: "log_loss", search, ensemble, families } as const;
    const { family, leaderboard, test } = await train({ transformation }, params, context);

    expect(family).toBe("logistic_regression");
    expect(leaderboard.length).toBe(4);
    expect(Object.keys(test.intervals.accuracy)).toEqual(["value", "low", "high"]);
  });

  const [readme, code] = await Promise.all(
    ["../README.md", "./readme.test.ts"].map((file) =>
      readFile(new URL(file, import.meta.url), "utf8"),
    ),
  );
  const example = /```ts\n(.*?)\n\/\//s.exec(readme as string)?.[1] as string;
  expect((code as string).replaceAll("\n    ", "\n")).toContain(example);
});
