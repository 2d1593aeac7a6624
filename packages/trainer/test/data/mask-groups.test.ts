import { maskGroups } from "../../src/data/mask-groups.ts";

const features = ["a", "b", "c"].map((name) => ({ kind: "numeric" as const, name }));

test("names become indices, group by group", () => {
  expect(maskGroups([["c", "a"], ["b"]], features)).toEqual([[2, 0], [1]]);
  expect(maskGroups([], features)).toEqual([]);
});

test.each([
  ["no feature", [["a"], ["d"]], "'d', which is no feature"],
  ["in two groups", [["a", "b"], ["b"]], "'b' twice"],
  ["twice in one", [["a", "a"]], "'a' twice"],
] as const)("a name that is %s is refused", (_, groups, message) => {
  expect(() => maskGroups(groups, features)).toThrow(
    expect.objectContaining({
      code: "TRAINER_BAD_MASK_GROUP",
      message: expect.stringContaining(message) as unknown,
    }),
  );
});
