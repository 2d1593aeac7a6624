import { startTimeBudget } from "../../src/selection/time-budget.ts";

test("tells the share that is spent, and nothing without a limit", () => {
  let time = 5000;
  const now = (): Date => new Date(time);
  const budget = startTimeBudget(2, now);
  expect(budget.spent()).toBe(0);
  time += 500;
  expect(budget.spent()).toBe(0.25);
  time += 3500;
  expect(budget.spent()).toBe(2);
  expect(startTimeBudget(null, now).spent()).toBe(0);
});
