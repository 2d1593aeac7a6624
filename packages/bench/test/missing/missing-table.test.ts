import { readFileSync } from "node:fs";
import { join } from "node:path";
import { missingTable, replaceTable } from "../../src/missing/missing-table.ts";
import { SCENARIOS } from "../../src/missing/sources.ts";

const score = { value: 0.94471, standardError: 0.0033 };
const scores = {
  accuracy: score,
  rocAuc: score,
  logLoss: { value: 0.14142, standardError: 0.01 },
  recallAt1Percent: score,
  recallAt01Percent: score,
};
const ways = { filled: scores, plain: scores, masked: scores, without: scores };

test("a row a scenario: accuracy in per cent with its error, and log loss", () => {
  const cell = "94.47 ± 0.33; 0.1414";
  expect(
    missingTable([{ title: "nothing", scores: ways }])
      .split("\n")
      .at(-1),
  ).toBe(`| nothing | ${cell} | ${cell} | ${cell} | ${cell} |`);
});

test("the page of the docs holds the table of all scenarios between its marks", () => {
  const path = join(import.meta.dirname, "../../../../docs/missing-sources.md");
  const page = readFileSync(path, "utf8");
  for (const { title } of SCENARIOS) expect(page).toContain(`| ${title} `);
  const table = missingTable([{ title: "anew", scores: ways }]);
  const other = replaceTable(page, table);
  expect(other).toContain(table);
  expect(other).not.toContain(`| ${SCENARIOS[1]?.title} `);
  expect(replaceTable(other, table)).toBe(other);
});

test("a page without the marks is refused", () => {
  expect(() => replaceTable("# Page", "")).toThrow(RangeError);
});
