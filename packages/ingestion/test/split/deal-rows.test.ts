import { SeededRandom } from "@gillnet/entity";
import type { Table } from "@gillnet/entity";

import { numberDistinctRows } from "../../src/distinct-rows.ts";
import type { IngestionParams } from "../../src/params.ts";
import { dealRows } from "../../src/split/deal-rows.ts";
import type { DealtRows } from "../../src/split/deal-rows.ts";
import { schemaOf } from "../schemas.ts";
import { categorical, numeric, tableOf } from "../tables.ts";

const random = new SeededRandom(13);
const draw = (bound: number): number[] => Array.from({ length: 400 }, () => random.integer(bound));
const size = numeric("Size", draw(150));
const table = tableOf(
  size,
  categorical(
    "Host",
    draw(200).map((host) => `host${host}`),
  ),
);
const classes = Uint8Array.from(size.values, (value) => value % 2);

function deal(by: IngestionParams["split"]["by"], group?: string): DealtRows {
  const { rowCount } = table as Table;
  return dealRows(
    {
      table,
      classes,
      weights: undefined,
      vectors: numberDistinctRows([size], rowCount),
      wholeRows: numberDistinctRows(table.columns, rowCount),
    },
    schemaOf(group === undefined ? {} : { group }),
    { by, test_share: 0.25 },
    new SeededRandom(1),
  );
}

/** Values of a column that rows on both sides have. */
function straddling(values: ArrayLike<number>, { split }: DealtRows): Set<number> {
  const inTrain = new Set([...split.train].map((row) => values[row] as number));
  return new Set(
    [...split.test].map((row) => values[row] as number).filter((value) => inTrain.has(value)),
  );
}

test("auto is by vector, or by group where the schema has one", () => {
  expect(deal("auto").description.by).toBe("vector");
  expect(deal("auto", "Host").description.by).toBe("group");
  expect(deal("vector", "Host").description.by).toBe("vector");
});

test("what is described is what was done", () => {
  for (const dealt of [deal("vector"), deal("group", "Host"), deal("random")]) {
    const { split, groups, description } = dealt;
    const groupsOn = (rows: Int32Array): number =>
      new Set([...rows].map((row) => groups.ids[row])).size;
    const leaked = straddling(size.values, dealt);
    expect(description).toMatchObject({
      testShare: 0.25,
      trainRows: split.train.length,
      testRows: split.test.length,
      trainGroups: groupsOn(split.train),
      testGroups: groupsOn(split.test),
      leakedTestRows: split.test.filter((row) => leaked.has(size.values[row] as number)).length,
    });
    expect(leaked.size > 0).toBe(description.by === "random");
  }
});

test("a split by group parts no group value", () => {
  const host = table.columns[1];
  const codes = host?.kind === "categorical" ? host.codes : [];
  expect(straddling(codes, deal("group", "Host")).size).toBe(0);
  expect(straddling(codes, deal("vector")).size).toBeGreaterThan(0);
});

test("a split by group needs a group column", () => {
  expect(() => deal("group")).toThrow(
    expect.objectContaining({ code: "INGESTION_NO_GROUP_COLUMN" }),
  );
});
