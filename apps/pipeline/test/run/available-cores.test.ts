import { availableParallelism } from "node:os";
import { availableCores } from "../../src/run/available-cores.ts";

test("is a whole number from 1 to what the system has", () => {
  const cores = availableCores();
  expect(Number.isInteger(cores)).toBe(true);
  expect(cores).toBeGreaterThanOrEqual(1);
  expect(cores).toBeLessThanOrEqual(availableParallelism());
});
