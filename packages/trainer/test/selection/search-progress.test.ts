import type { StageProgress } from "@gillnet/entity";

import { describeFits, SearchProgress } from "../../src/selection/search-progress.ts";

test("goes forward part by part, in steps worth telling", () => {
  const told: StageProgress[] = [];
  const progress = new SearchProgress((step) => told.push(step));
  progress.begin(0.5);
  progress.tell(0, "a");
  progress.tell(0.01, "a");
  progress.tell(0.4, "a");
  progress.tell(0.2, "b");
  progress.tell(2, "b");
  progress.begin(1);
  progress.tell(0.5, "c");
  expect(told).toEqual([
    { fraction: 0, message: "a" },
    { fraction: 0.2, message: "a" },
    { fraction: 0.2, message: "b" },
    { fraction: 0.5, message: "b" },
    { fraction: 0.75, message: "c" },
  ]);
});

test.each([
  [null, "gradient boosting 12/60"],
  [{ share: 0.508, trees: 256 }, "gradient boosting 12/60 · tree 130 of 256"],
  [{ share: 0.508, trees: null }, "gradient boosting 12/60 · this fit 50 %"],
])("a long fit %j reads '%s'", (longFit, text) => {
  const fits = { family: "gradient_boosting", done: 12, of: 60, share: 0.2, longFit };
  expect(describeFits(fits)).toBe(text);
});
