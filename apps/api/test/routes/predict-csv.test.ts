import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { predictRows } from "@gillnet/model-bundle";
import type { InputFeature } from "@gillnet/model-bundle";
import Papa from "papaparse";
import request from "supertest";
import type { Response } from "supertest";
import { smallBundle, testApp } from "../published-folder.ts";
import type { TestApp } from "../published-folder.ts";

const ROWS = [
  ["7", "1", "20", "NL", "a, b"],
  ["8", "-1", "90.5", "US", 'say "hi"'],
  ["9", "0", "NA", "FR", ""],
];
const HEADER = ["id", "https", "length", "country", "note"];
const CSV = Papa.unparse([HEADER, ...ROWS], { newline: "\r\n" });

let api: TestApp;
beforeAll(async () => {
  api = await testApp();
});
afterAll(() => api.folder.remove());

function upload(text: string | Buffer, accept = "application/json", app = api.app): request.Test {
  return request(app)
    .post("/predict")
    .set("Accept", accept)
    .attach("file", Buffer.from(text), "rows.csv");
}

function expectError(response: Response, status: number, code: string): void {
  expect([response.status, response.body.error?.code]).toEqual([status, code]);
  expect(Object.keys(response.body.error).sort()).toEqual(["code", "details", "hint", "message"]);
}

describe("answers", () => {
  const expected = predictRows(
    smallBundle(),
    ROWS.map(([, https, length, country]) => ({ https, length, country })),
  );

  test("CSV: the columns as they were, with the prediction after them, equal to the model's own", async () => {
    const response = await upload(CSV, "text/csv").expect(200);
    expect(response.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(response.headers["content-disposition"]).toBe('attachment; filename="output.csv"');
    expect(Papa.parse(response.text.trimEnd()).data).toEqual([
      [...HEADER, "predicted_column", "probability"],
      ...ROWS.map((row, index) =>
        row.concat(String(expected[index]!.label), String(expected[index]!.probability)),
      ),
    ]);
    expect(response.headers).toMatchObject({
      "gillnet-model-version": "1",
      "gillnet-rows": "3",
      "gillnet-rows-flagged": "1",
      "gillnet-rows-unpredicted": "0",
    });
  });

  test("the same CSV is saved, and nothing else is left beside it", async () => {
    const response = await upload(CSV, "text/csv").expect(200);
    const folder = join(api.folder.path, "prediction_output");
    expect(readFileSync(join(folder, "output.csv"), "utf8")).toBe(response.text);
    expect(readdirSync(folder)).toEqual(["output.csv"]);
  });

  test("JSON: exactly the model's own predictions, in order", async () => {
    const response = await upload(CSV).expect(200);
    expect(response.body).toEqual({
      model: { name: "phishing", version: 1 },
      summary:
        "2 of 3 rows look like phishing; 1 row needs a look: missing 'length', unknown category in 'country'",
      predictions: expected.map(({ label, probability, verdict, problems }) =>
        problems.length === 0
          ? { label, probability, verdict }
          : { label, probability, verdict, problems },
      ),
    });
  });

  test("a page: the sentence first, then the table", async () => {
    const response = await upload(CSV, "text/html,application/xhtml+xml,*/*;q=0.8").expect(200);
    expect(response.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(response.text.replaceAll(/<\/?span>/g, "")).toContain(
      "2 of 3 rows look like phishing; 1 row needs a look: missing &#39;length&#39;, unknown category in &#39;country&#39;.",
    );
    for (const text of ["predicted_column", "probability", "▲ -1 phishing", "● 1 legitimate"]) {
      expect(response.text).toContain(text);
    }
    expect(response.text.match(/<tr>/g)).toHaveLength(4);
    expect(response.text).not.toContain("The table shows the first");
  });

  test("the page is what */* and no Accept at all get; ?format= decides over Accept", async () => {
    expect((await upload(CSV, "*/*")).type).toBe("text/html");
    const plain = await request(api.app).post("/predict").attach("file", Buffer.from(CSV), "x.csv");
    expect(plain.type).toBe("text/html");
    const send = (format: string): request.Test =>
      request(api.app)
        .post(`/predict?format=${format}`)
        .set("Accept", "text/html")
        .attach("file", Buffer.from(CSV), "x.csv");
    expect((await send("csv")).type).toBe("text/csv");
    expect((await send("json")).type).toBe("application/json");
    expect((await send("xml")).status).toBe(406);
    expect((await send("csv&format=json")).status).toBe(406);
    expectError(await upload(CSV, "image/png"), 406, "API_NOT_ACCEPTABLE");
  });

  test("the page shows a bounded number of rows and says so", async () => {
    const { app, folder } = await testApp(smallBundle(), {
      limits: { pageRows: 10, pageCells: 50 },
    });
    const text = `https,length,country\n${"1,20,NL\n".repeat(1234)}`;
    const response = await upload(text, "text/html", app).expect(200);
    // 50 cells are ten rows of five columns.
    expect(response.text.match(/<tr>/g)).toHaveLength(11);
    expect(response.text).toContain("The table shows the first 10 of 1,234 rows.");
    const wide = await upload(
      `https,length,country,a,b,c\n${"1,20,NL,,,\n".repeat(9)}`,
      "text/html",
      app,
    );
    expect(wide.text.match(/<tr>/g)).toHaveLength(7);
    folder.remove();
  });

  test("many rows: every prediction equals the model's own, across blocks", async () => {
    const rows = Array.from({ length: 5000 }, (_, row) => ({
      https: String((row % 3) - 1),
      length: String((row * 37) % 4999),
      country: ["NL", "US", "DE", "NA"][row % 4]!,
    }));
    const response = await upload(Papa.unparse(rows)).expect(200);
    const got = response.body.predictions as { probability: number; label: number }[];
    expect(got.map(({ probability, label }) => ({ probability, label }))).toEqual(
      predictRows(smallBundle(), rows).map(({ probability, label }) => ({ probability, label })),
    );
  });
});

describe("files that people have", () => {
  const lines = (text: string): string[] => text.trimEnd().split("\n");

  test("the label and other columns may be there, in any order, with a BOM and CRLF", async () => {
    const text = "\ufeffResult,country,length,https\r\n1,NL,20,1\r\n";
    const response = await upload(text, "text/csv").expect(200);
    expect(lines(response.text)[0]).toBe(
      "Result,country,length,https,predicted_column,probability",
    );
    expect(lines(response.text)[1]).toMatch(/^1,NL,20,1,1,0\.\d+$/);
  });

  test("a file that was predicted before", async () => {
    const text = "https,length,country,predicted_column,probability\n1,20,NL,-1,0.99\n";
    const response = await upload(text, "text/csv").expect(200);
    expect(lines(response.text)[0]).toBe(
      "https,length,country,input_predicted_column,input_probability,predicted_column,probability",
    );
    expect(lines(response.text)[1]).toMatch(/^1,20,NL,-1,0\.99,1,0\.\d+$/);
  });

  test("a bad row never spoils the others", async () => {
    const text = "https,length,country\n1,20,NL\n1,20\n1,20,NL,x\n7,20,NL\n1,long,NL\n1,20,NL,,\n";
    const response = await upload(text).expect(200);
    expect(response.body.predictions.map((row: { label: unknown }) => row.label)).toEqual([
      1,
      null,
      null,
      null,
      null,
      1,
    ]);
    expect(response.body.predictions[1]).toEqual({
      label: null,
      probability: null,
      verdict: null,
      error: {
        code: "CELL_COUNT",
        message: "The row has 2 cells, the header 3",
        row: 2,
        column: "",
      },
      problems: [
        {
          code: "CELL_COUNT",
          column: "",
          message: "The row has 2 cells, the header 3",
          fatal: true,
        },
      ],
    });
    expect(response.body.predictions[3].error).toMatchObject({
      code: "VALUE_NOT_ALLOWED",
      column: "https",
      row: 4,
    });
    const csv = await upload(text, "text/csv").expect(200);
    expect(lines(csv.text).slice(2, 4)).toEqual(["1,20,,,", "1,20,NL,,"]);
    expect(csv.headers["gillnet-rows-unpredicted"]).toBe("4");
  });

  test("cells keep their value in CSV, formulas too", async () => {
    const text = "https,length,country,note\n1,20,NL,\"=cmd|'/c calc'!A1\"\n1,20,NL,+1\n";
    const response = await upload(text, "text/csv").expect(200);
    expect((Papa.parse(response.text.trimEnd()).data as string[][]).map((row) => row[3])).toEqual([
      "note",
      "=cmd|'/c calc'!A1",
      "+1",
    ]);
  });
});

describe("hostile files", () => {
  test("markup comes out escaped: cells, header, file name, messages", async () => {
    const evil = `<script>alert("x")</script>`;
    const text = Papa.unparse([
      ["https", "length", "country", evil],
      ["1", "20", evil, evil],
      [evil, "20", "NL", `"><img src=x onerror=alert(1)>`],
    ]);
    const response = await request(api.app)
      .post("/predict")
      .set("Accept", "text/html")
      .attach("file", Buffer.from(text), "<b>rows.csv")
      .expect(200);
    expect(response.text).not.toMatch(/<script|<img|<b>/);
    expect(response.text).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;");
    expect(response.text).toContain("&lt;b&gt;rows.csv.");
  });

  test("columns called as JavaScript's own members, in the file and in the model", async () => {
    const text = "__proto__,constructor,https,length,country,toString\na,b,1,20,NL,c\n";
    const response = await upload(text, "text/csv").expect(200);
    expect(response.text).toMatch(
      /^__proto__,constructor,https,length,country,toString,predicted_column,probability\na,b,1,20,NL,c,1,/,
    );
    const features: InputFeature[] = ["__proto__", "constructor"].map((name) => ({
      kind: "numeric",
      name,
    }));
    const bundle = smallBundle(0, features);
    const own = await testApp(bundle);
    const predicted = await upload(
      "__proto__,constructor\n1,60\n",
      "application/json",
      own.app,
    ).expect(200);
    const row = Object.fromEntries([
      ["__proto__", "1"],
      ["constructor", "60"],
    ]);
    expect(predicted.body.predictions).toEqual(
      predictRows(bundle, [row]).map(({ label, probability, verdict }) => ({
        label,
        probability,
        verdict,
      })),
    );
    expectError(
      await upload("constructor\n1\n", "application/json", own.app),
      400,
      "API_COLUMNS_MISSING",
    );
    own.folder.remove();
  });

  test("a hundred missing columns are all named", async () => {
    const features: InputFeature[] = Array.from({ length: 101 }, (_, index) => ({
      kind: "numeric",
      name: `column_number_${index}_x`,
    }));
    const own = await testApp(smallBundle(0, features));
    const response = await upload("column_number_7_x,other\n1,2\n", "application/json", own.app);
    expectError(response, 400, "API_COLUMNS_MISSING");
    expect(response.body.error.message).toContain("lacks 100 of the model's 101 columns");
    expect(response.body.error.message).toContain("'column_number_100_x'");
    expect(response.body.error.details.missing).toHaveLength(100);
    own.folder.remove();
  });

  test.each([
    ["nothing", "", "API_CSV_EMPTY"],
    ["a header only", "https,length,country\n", "API_CSV_EMPTY"],
    ["a header and blank lines", "https,length,country\n\n \n", "API_CSV_EMPTY"],
    ["binary", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]), "API_CSV_NOT_TEXT"],
    ["not UTF-8", Buffer.from([0x61, 0xff, 0x0a]), "API_CSV_NOT_TEXT"],
    ["prose", "Dear all,\nplease find attached\n", "API_COLUMNS_MISSING"],
    ["an open quote", 'https,length,country\n1,20,"NL\n1,20,NL\n', "API_CSV_QUOTES"],
    ["a column twice", "https,https,length,country\n1,1,20,NL\n", "API_CSV_HEADER"],
  ])("%s", async (_name, content, code) => {
    expectError(await upload(content), 400, code);
  });

  test("beyond the limits", async () => {
    const { app, folder } = await testApp(smallBundle(), {
      limits: { uploadBytes: 10_000, csvRows: 100, csvColumns: 5, cellLength: 50 },
    });
    const send = (text: string): request.Test => upload(text, "application/json", app);
    const header = "https,length,country,note\n";
    expectError(await send(`${header}1,20,NL,${"x".repeat(51)}\n`), 413, "API_CSV_TOO_LARGE");
    expectError(await send(header + "1,20,NL,\n".repeat(101)), 413, "API_CSV_TOO_LARGE");
    expectError(
      await send("https,length,country,a,b,c\n1,20,NL,1,2,3\n"),
      413,
      "API_CSV_TOO_LARGE",
    );
    expectError(await send(header + "1,20,NL,\n".repeat(1200)), 413, "API_UPLOAD_TOO_LARGE");
    await send(header + "1,20,NL,\n".repeat(100)).expect(200);
    expect(existsSync(join(folder.path, "prediction_output", "output.csv"))).toBe(true);
    folder.remove();
  });
});

describe("saving", () => {
  test("can be turned off", async () => {
    const { app, folder } = await testApp(smallBundle(), { outputFolder: null });
    await upload(CSV, "text/csv", app).expect(200);
    expect(existsSync(join(folder.path, "prediction_output"))).toBe(false);
    folder.remove();
  });

  test("a folder that takes no files costs a warning, not the answer", async () => {
    const { app, folder, lines } = await testApp();
    writeFileSync(join(folder.path, "prediction_output"), "a file where the folder should be");
    await upload(CSV, "text/csv", app).expect(200);
    expect(lines.find((line) => line.level === "warn")?.fields["event"]).toBe("output.failed");
    folder.remove();
  });
});

test("without a model: 503, as JSON or as a page", async () => {
  const { app, folder } = await testApp(null);
  const response = await upload(CSV, "application/json", app);
  expectError(response, 503, "API_NO_MODEL");
  expect(response.body.error.hint).toContain("pnpm pipeline run");
  expect(response.headers["retry-after"]).toBe("1");
  const page = await upload(CSV, "text/html", app).expect(503);
  expect(page.text).toContain("No model is published yet.");
  folder.remove();
});

test("a browser gets its errors as a page, escaped", async () => {
  const response = await upload('"<script>",b\n1,2\n', "text/html").expect(400);
  expect(response.type).toBe("text/html");
  expect(response.text).toContain("API_COLUMNS_MISSING");
  const near = await upload("<b>length,https,country\n1,2,3\n", "text/html").expect(400);
  expect(near.text).not.toContain("<b>");
});
