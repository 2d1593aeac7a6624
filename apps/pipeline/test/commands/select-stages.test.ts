import { selectStages } from "../../src/commands/select-stages.ts";

test("everything, a range, or one stage alone", () => {
  expect(selectStages(undefined, { force: false })).toEqual({
    from: "ingestion",
    to: "trainer",
    force: false,
  });
  expect(
    selectStages(undefined, { from: "validation", to: "transformation", force: true }),
  ).toEqual({ from: "validation", to: "transformation", force: true });
  expect(selectStages("trainer", { force: false })).toEqual({
    from: "trainer",
    to: "trainer",
    force: true,
  });
});

test("what is no stage, with what was meant", () => {
  expect(() => selectStages("trianer", { force: false })).toThrow(
    expect.objectContaining({ code: "RUN_STAGE_UNKNOWN", hint: "Do you mean trainer?" }),
  );
  expect(() => selectStages(undefined, { to: "xyz", force: false })).toThrow(
    expect.objectContaining({ hint: expect.stringContaining("ingestion, validation") }),
  );
});

test("stages that contradict each other", () => {
  for (const [stage, flags] of [
    [undefined, { from: "trainer", to: "ingestion" }],
    ["trainer", { from: "ingestion" }],
  ] as const) {
    expect(() => selectStages(stage, { ...flags, force: false })).toThrow(
      expect.objectContaining({ code: "RUN_SELECTION" }),
    );
  }
});
