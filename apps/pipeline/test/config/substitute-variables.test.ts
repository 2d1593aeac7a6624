import { toPlain } from "../../src/config/config-tree.ts";
import { applyOverrides } from "../../src/config/apply-overrides.ts";
import { substituteVariables } from "../../src/config/substitute-variables.ts";
import { treeOf } from "./tree-of.ts";

const ENVIRONMENT = { SEED: "7", NAME: "a: [b]", EMPTY: "", YES: "true", UNUSED: "x" };
const fill = (text: string): unknown =>
  toPlain(substituteVariables(treeOf(text), ENVIRONMENT).root);

test.each([
  ["${SEED}", 7],
  ["'${SEED}'", "7"],
  ['"${SEED}"', "7"],
  ["${SEED}0", 70],
  ["${YES}", true],
  ["${NAME}", "a: [b]"],
  ["x/${NAME}/${SEED}", "x/a: [b]/7"],
  ["${EMPTY}", null],
  ["'${EMPTY}'", ""],
  ["${EMPTY:-d}", "d"],
  ["${NONE:-}", null],
  ["${NONE:-0.5}", 0.5],
  ["${NONE:-${SEED}}", 7],
  ["${SEED:-${NONE}}", 7],
  ["$${SEED}", "${SEED}"],
  ["$SEED", "$SEED"],
])("%s", (text, value) => {
  expect(fill(`a: ${text}\n`)).toEqual({ a: value });
  expect(fill(`a: [ ${text} ]\n`)).toEqual({ a: [value] });
});

test("block texts are filled in, keys are not", () => {
  expect(fill("a: |\n  ${SEED}\n${SEED}: 1\n")).toEqual({ a: "7\n", "${SEED}": 1 });
});

test("flags are taken as they are", () => {
  const { root } = applyOverrides(treeOf("a: ${NONE}\n"), ["a=${SEED}"]);
  const filled = substituteVariables(root, ENVIRONMENT);
  expect(toPlain(filled.root)).toEqual({ a: "${SEED}" });
  expect(filled.problems).toEqual([]);
});

test("says which variables came in, and not those that only might have", () => {
  const { used } = substituteVariables(
    treeOf("a: ${SEED:-${YES}}\nb: ${NONE:-${NAME}}\n"),
    ENVIRONMENT,
  );
  expect([...used].sort()).toEqual(["NAME", "SEED"]);
});

test("each unset variable is a problem at its value", () => {
  const { root, problems } = substituteVariables(
    treeOf("a: ${ONE}${TWO}\nb: { c: '${THREE:-${FOUR}}' }\nd: ${\n"),
    ENVIRONMENT,
  );
  expect(
    problems.map(({ code, message, origin }) => [code, /ONE|TWO|FOUR/.exec(message)?.[0], origin]),
  ).toMatchObject([
    ["CONFIG_VARIABLE_UNSET", "ONE", { line: 1, column: 4 }],
    ["CONFIG_VARIABLE_UNSET", "TWO", { line: 1, column: 4 }],
    ["CONFIG_VARIABLE_UNSET", "FOUR", { line: 2, column: 9 }],
    ["CONFIG_VARIABLE_SYNTAX", undefined, { line: 3, column: 4 }],
  ]);
  expect(toPlain(root)).toMatchObject({ a: "${ONE}${TWO}" });
});
