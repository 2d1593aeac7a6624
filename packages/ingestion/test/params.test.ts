import { ingestionParamsSchema, sourceParamsSchema } from "../src/params.ts";

interface Schema {
  readonly type: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** Every schema inside `schema`, with its path. */
function* walk(schema: Schema, path: string): Generator<[string, Schema]> {
  yield [path, schema];
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    yield* walk(property, `${path}.${name}`);
  }
}

const all = [
  ...walk(ingestionParamsSchema as Schema, "ingestion"),
  ...walk(sourceParamsSchema as Schema, "source"),
];

test.each(all)("%s says what it means and takes nothing unknown", (_path, schema) => {
  expect(schema.description).toMatch(/^\S[^\n]+[^.\n]$/);
  if (schema.properties !== undefined) expect(schema.additionalProperties).toBe(false);
});

test("everything has a default save what has no sensible one", () => {
  const without = all.filter(([, schema]) => schema.default === undefined).map(([path]) => path);
  expect(without).toEqual([
    "source.path",
    "source.mongodb.url",
    "source.uci",
    "source.uci.id",
    "source.uci.name",
    "source.uci.fingerprint",
    "source.synthetic.network",
  ]);
});
