import { SeededRandom } from "@gillnet/entity";
import type { SplitDescription } from "@gillnet/entity";
import { judgeDrift } from "../../src/drift/judge-drift.ts";
import type { TwoSampleTest } from "../../src/drift/two-sample-test.ts";
import type { IngestedPart } from "@gillnet/table";
import { numeric } from "../ingested-part.ts";
import { PARAMS } from "../params.ts";
import { partOf, testColumns } from "./two-parts.ts";

const COLUMNS = 10;
const CONTINUOUS = 2;

/** A vector of 8 features of two or three values, one of them with missing cells, and 2 real numbers. */
function drawVector(random: SeededRandom): (number | null)[] {
  const tendency = random.uniform();
  return Array.from({ length: COLUMNS }, (_, i) => {
    if (i < CONTINUOUS) return random.uniform() + tendency;
    if (i === CONTINUOUS && random.integer(10) === 0) return null;
    return random.uniform() < 0.3 + 0.4 * tendency ? 1 : random.integer(2 + (i % 2)) - 1;
  });
}

interface Row {
  readonly group: number;
  readonly cells: readonly (number | null)[];
}

/** A part of these rows. */
function partOfRows(rows: readonly Row[]): IngestedPart {
  const columns = Array.from({ length: COLUMNS }, (_, i) =>
    numeric(
      `x${i}`,
      rows.map(({ cells }) => cells[i] ?? null),
    ),
  );
  return partOf(columns, { groups: rows.map(({ group }) => group) });
}

/**
 * 400 groups of which one in seven has up to 25 rows: copies of one vector, as in tables of coded web pages, or
 * rows that have every other cell in common.
 */
function drawGroups(random: SeededRandom, rowsAre: "copies" | "alike"): Row[][] {
  return Array.from({ length: 400 }, (_, group) => {
    const vector = drawVector(random);
    const size = random.integer(7) === 0 ? 1 + random.integer(25) : 1;
    return Array.from({ length: size }, () => {
      const other = rowsAre === "copies" ? vector : drawVector(random);
      return { group, cells: vector.map((cell, i) => (i % 2 === 0 ? cell : (other[i] ?? null))) };
    });
  });
}

/** In how many of 200 splits of the groups some column would be an alarm, however small the effect. */
function countAlarms(groups: readonly Row[][], by: SplitDescription["by"]): number {
  let alarms = 0;
  for (let seed = 0; seed < 200; seed++) {
    const order = Int32Array.from(groups.keys());
    new SeededRandom(seed).shuffle(order);
    const deal = (start: number, end: number): IngestedPart =>
      partOfRows(Array.from(order.subarray(start, end)).flatMap((group) => groups[group] ?? []));
    const columns = judgeDrift(testColumns(deal(80, 400), deal(0, 80), by), {
      ...PARAMS.drift,
      minimum_effect: 0,
    });
    if (columns.some(({ drifted }) => drifted)) alarms++;
  }
  return alarms;
}

test("splits of one table alarm in 5 % of the runs at most", () => {
  // 10 are to be expected at the most; 16 are two standard deviations more.
  const random = new SeededRandom(11);
  expect(countAlarms(drawGroups(random, "copies"), "vector")).toBeLessThanOrEqual(16);
  expect(countAlarms(drawGroups(random, "alike"), "group")).toBeLessThanOrEqual(16);
});

test("counting copies as observations would alarm nearly always", () => {
  const groups = drawGroups(new SeededRandom(11), "copies");
  expect(countAlarms(groups, "random")).toBeGreaterThan(150);
});

test("the column that was shifted is flagged, and no other", () => {
  const random = new SeededRandom(3);
  const rows = Array.from({ length: 3000 }, (_, group) => ({ group, cells: drawVector(random) }));
  for (const shifted of [0, 7]) {
    const changed = rows.slice(0, 600).map(({ group, cells }) => ({
      group,
      cells: cells.map((cell, i) => {
        if (i !== shifted) return cell;
        return i < CONTINUOUS ? (cell ?? 0) + 0.3 : group % 4 === 0 ? 1 : cell;
      }),
    }));
    const columns = judgeDrift(
      testColumns(partOfRows(rows.slice(600)), partOfRows(changed), "vector"),
      PARAMS.drift,
    );
    expect(columns.filter(({ drifted }) => drifted).map(({ column }) => column)).toEqual([
      `x${shifted}`,
    ]);
  }
});

const TEST: TwoSampleTest = {
  name: "chi_squared",
  statistic: 9,
  pValue: 0.01,
  effect: 0.2,
  pooledValues: 0,
};

test("drift takes both significance over all columns and an effect that matters", () => {
  const others = Array.from({ length: 4 }, (_, i) => ({
    column: `other${i}`,
    test: { ...TEST, pValue: 0.9 },
  }));
  const drifted = (test: TwoSampleTest): boolean | undefined =>
    judgeDrift([{ column: "x", test }, ...others], PARAMS.drift)[0]?.drifted;
  expect(drifted(TEST)).toBe(true);
  expect(drifted({ ...TEST, pValue: 0.011 })).toBe(false);
  expect(drifted({ ...TEST, effect: 0.04 })).toBe(false);
});

test("a column that cannot be tested does not count among the others", () => {
  const columns = judgeDrift(
    [
      { column: "constant", test: null },
      { column: "x", test: { ...TEST, pValue: 0.05 } },
    ],
    PARAMS.drift,
  );
  expect(columns).toMatchObject([
    { column: "constant", adjustedPValue: null, drifted: false },
    { column: "x", adjustedPValue: 0.05, drifted: true },
  ]);
});
