import { selectByName } from "../../src/commands/select.ts";

const items = ["three-valued-hist", "three-valued-forest", "continuous-hist"].map((name) => ({
  name,
}));
const select = (...only: string[]): string[] => selectByName(items, only).map(({ name }) => name);

test("takes whole names and parts of them, in the order of the list", () => {
  expect(selectByName(items, undefined)).toBe(items);
  expect(select("continuous-hist")).toEqual(["continuous-hist"]);
  expect(select("three-valued")).toEqual(["three-valued-hist", "three-valued-forest"]);
  expect(select("continuous", "forest")).toEqual(["three-valued-forest", "continuous-hist"]);
});

test("an unknown name is an error that lists the known ones", () => {
  expect(() => select("his")).toThrow(
    expect.objectContaining({
      code: "BENCH_UNKNOWN_NAME",
      hint: expect.stringContaining("three-valued-hist, three-valued-forest") as string,
    }),
  );
});
