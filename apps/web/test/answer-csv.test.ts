import { answerCsv, answerFileName } from "../src/answer-csv.ts";
import { tableOf } from "./model-of-test.ts";

function textOf(csv: string, probabilities: readonly (number | null)[], rows?: number[]): string {
  const table = tableOf(csv, probabilities);
  return [...answerCsv(table, Int32Array.from(rows ?? probabilities.keys()))].join("");
}

describe("answerCsv", () => {
  test("appends the label's own value and the probability", () => {
    expect(textOf("id,age\na,1\nb,2\n", [0.75, 1e-7])).toBe(
      "id,age,predicted_column,probability\na,1,yes,0.75\nb,2,no,1e-7\n",
    );
  });

  test("leaves both empty where there is no prediction, and fills a short row up", () => {
    expect(textOf("id,age\na\n", [null])).toBe("id,age,predicted_column,probability\na,,,\n");
  });

  test("quotes what a reader could take otherwise, and keeps formulas as they are", () => {
    expect(textOf('id\r\n"a,b"\r\n"say ""hi"""\r\n" x "\r\n=1+1\r\n', [0, 0, 0, 0])).toBe(
      'id,predicted_column,probability\n"a,b",no,0\n"say ""hi""",no,0\n" x ",no,0\n=1+1,no,0\n',
    );
  });

  test("a column of the file called like an appended one is kept under another name", () => {
    const header = "predicted_column,input_predicted_column,probability";
    expect(textOf(`${header}\n1,2,3\n`, [1])).toBe(
      "input_input_predicted_column,input_predicted_column,input_probability,predicted_column,probability\n1,2,3,yes,1\n",
    );
  });

  test("writes the rows that are asked for, in their order", () => {
    expect(textOf("id\na\nb\nc\n", [0, 1, 0], [2, 1])).toBe(
      "id,predicted_column,probability\nc,no,0\nb,yes,1\n",
    );
  });

  test("comes in parts, none of which is large", () => {
    const rows = 12_000;
    const table = tableOf(
      `id\n${"x\n".repeat(rows)}`,
      Array.from({ length: rows }, () => 0),
    );
    const parts = [
      ...answerCsv(
        table,
        Int32Array.from({ length: rows }, (_, row) => row),
      ),
    ];
    expect(parts.map((part) => part.split("\n").length - 1)).toEqual([1, 5000, 5000, 2000]);
  });
});

test.each([
  ["rows.csv", "rows-predicted.csv"],
  ["my.rows.CSV", "my.rows-predicted.csv"],
  ["rows", "rows-predicted.csv"],
  [".csv", "rows-predicted.csv"],
])("answerFileName of %s", (name, expected) => {
  expect(answerFileName(name)).toBe(expected);
});
