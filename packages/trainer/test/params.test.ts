import { FAMILIES } from "../src/families/registry.ts";
import { trainerParamsSchema } from "../src/params.ts";
import { SELECTION_METRICS } from "../src/selection/metric.ts";

interface Schema {
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
}

const root = trainerParamsSchema as Schema;

function* walk(schema: Schema, path: string): Generator<[string, Schema]> {
  yield [path, schema];
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    yield* walk(property, `${path}.${name}`);
  }
}

test.each([...walk(root, "trainer")])(
  "%s says what it means, has a default, takes nothing unknown",
  (path, schema) => {
    expect(schema.description).toMatch(/^\S[^\n]+[^.\n]$/);
    // A family that is not named is not tried, so it has no default of its own.
    expect(schema.default !== undefined).toBe(!/^trainer\.families\.[^.]+$/.test(path));
    if (schema.properties !== undefined) expect(schema.additionalProperties).toBe(false);
  },
);

test("every family has a grid of exactly its parameters", () => {
  const families = root.properties?.["families"]?.properties ?? {};
  expect(Object.keys(families).sort()).toEqual(FAMILIES.map((family) => family.name).sort());
  for (const { name, paramNames } of FAMILIES) {
    const settings = Object.keys(families[name]?.properties ?? {});
    expect(settings.sort()).toEqual([...paramNames].sort());
  }
});

test("without a word on families, all are tried but the one that loads a library of its own", () => {
  const names = FAMILIES.map((family) => family.name).filter((name) => name !== "neural_network");
  const byDefault = Object.keys(root.properties?.["families"]?.default as object);
  expect(byDefault.sort()).toEqual(names.sort());
});

test("the metrics are those that can be selected by", () => {
  expect(root.properties?.["metric"]?.enum).toEqual(Object.keys(SELECTION_METRICS));
});
