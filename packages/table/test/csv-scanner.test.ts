import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SeededRandom } from "@gillnet/entity";
import { CsvScanner, type CsvScan, type CsvScannerLimits } from "../src/csv-scanner.ts";
import { unescapeQuotes } from "../src/unescape-quotes.ts";

/** What the scanner said of one row, with its texts. */
interface Found {
  readonly scan: Exclude<CsvScan, "more" | "end">;
  readonly line: number;
  readonly cells: readonly string[];
  readonly text: string;
}

const WHOLE: CsvScannerLimits = { blockBytes: 1 << 16, maxRowBytes: 1 << 20 };

/** Scans `bytes`, read in portions of `portion()` bytes. */
async function scanAll(
  bytes: Buffer,
  limits: CsvScannerLimits,
  portion: () => number = () => Infinity,
  delimiter = ",",
): Promise<Found[]> {
  let done = 0;
  const scanner = new CsvScanner((target, offset, length) => {
    const count = Math.min(length, portion(), bytes.length - done);
    bytes.copy(target, offset, done, done + count);
    done += count;
    return Promise.resolve(count);
  }, limits);
  scanner.delimiter = delimiter.charCodeAt(0);
  await scanner.start();
  const found: Found[] = [];
  let scan: CsvScan;
  while ((scan = scanner.next()) !== "end") {
    if (scan === "more") {
      await scanner.fill();
      continue;
    }
    const cells = Array.from({ length: scan === "row" ? scanner.cellCount : 0 }, (_, i) => {
      const raw = scanner.window.subarray(scanner.starts[i], scanner.ends[i]);
      return unescapeQuotes(raw, scanner.escaped[i] === 1).toString("latin1");
    });
    const text = scanner.window.toString("latin1", scanner.rowStart, scanner.rowEnd);
    found.push({ scan, line: scanner.rowLine, cells, text });
  }
  return found;
}

/** Random bytes of the characters that matter. */
function randomCsv(random: SeededRandom, length: number): Buffer {
  const letters = 'ab,"\n\r \t;';
  return Buffer.from(
    Array.from({ length }, () => letters[random.integer(letters.length)]).join(""),
    "latin1",
  );
}

describe("where the window ends makes no difference", () => {
  const FIXTURES = join(import.meta.dirname, "fixtures", "csv");
  const files = readdirSync(FIXTURES).filter((file) => file.endsWith(".csv"));
  test.each(files)("%s", async (file) => {
    const bytes = readFileSync(join(FIXTURES, file));
    const random = new SeededRandom(7).fork(file);
    const whole = await scanAll(bytes, WHOLE);
    for (const blockBytes of [3, 4, 5, 8]) {
      const limits = { blockBytes, maxRowBytes: WHOLE.maxRowBytes };
      expect(await scanAll(bytes, limits)).toEqual(whole);
      expect(await scanAll(bytes, limits, () => 1 + random.integer(4))).toEqual(whole);
    }
  });

  test("random files", async () => {
    const random = new SeededRandom(11);
    for (let i = 0; i < 300; i++) {
      const bytes = randomCsv(random, random.integer(60));
      const delimiter = ",;\t"[random.integer(3)] as string;
      const whole = await scanAll(bytes, WHOLE, undefined, delimiter);
      for (const blockBytes of [1, 4]) {
        const limits = { blockBytes, maxRowBytes: WHOLE.maxRowBytes };
        expect(await scanAll(bytes, limits, () => 1 + random.integer(3), delimiter)).toEqual(whole);
      }
    }
  });
});

test("every byte that is not blank belongs to exactly one row, and lines only grow", async () => {
  const random = new SeededRandom(12);
  for (let i = 0; i < 500; i++) {
    const bytes = randomCsv(random, random.integer(80));
    const found = await scanAll(bytes, WHOLE);
    const rest = found.map((row) => row.text).join("\n");
    expect(rest.replaceAll(/[\s]/g, "")).toBe(bytes.toString("latin1").replaceAll(/[\s]/g, ""));
    let lineAfter = 1;
    for (const { line, text } of found) {
      expect(line).toBeGreaterThanOrEqual(lineAfter);
      lineAfter = line + lineEnds(text) + 1;
    }
    expect(lineAfter).toBeLessThanOrEqual(lineEnds(bytes.toString("latin1")) + 2);
  }
});

function lineEnds(text: string): number {
  return (text.match(/\r\n|\r|\n/g) ?? []).length;
}

test("what a writer quotes is read back, whatever the cells hold", async () => {
  const random = new SeededRandom(13);
  for (let i = 0; i < 300; i++) {
    const width = 2 + random.integer(3);
    const rows = Array.from({ length: 1 + random.integer(4) }, () =>
      Array.from({ length: width }, () => randomCsv(random, random.integer(6)).toString("latin1")),
    );
    const ends = ["\n", "\r\n", "\r"];
    const text = rows.map((row) => {
      const cells = row.map((cell) => `"${cell.replaceAll('"', '""')}"`);
      return cells.join(",") + (ends[random.integer(3)] as string);
    });
    const found = await scanAll(Buffer.from(text.join(""), "latin1"), WHOLE);
    expect(found.map((row) => row.cells)).toEqual(rows);
  }
});

describe("rows longer than the limit", () => {
  const limits: CsvScannerLimits = { blockBytes: 8, maxRowBytes: 32 };
  const shape = async (text: string): Promise<[string, number, string[]][]> =>
    (await scanAll(Buffer.from(text), limits)).map(({ scan, line, cells }) => [
      scan,
      line,
      [...cells],
    ]);

  test("are given up, and the line after is read", async () => {
    const long = "x".repeat(100);
    expect(await shape(`a,b\n1,${long}\n2,y\n${long}\r\n3,z\n${long}`)).toEqual([
      ["row", 1, ["a", "b"]],
      ["too-long", 2, []],
      ["row", 3, ["2", "y"]],
      ["too-long", 4, []],
      ["row", 5, ["3", "z"]],
      ["too-long", 6, []],
    ]);
  });

  test("a quote that is open beyond it is a stray one", async () => {
    const lines = Array.from({ length: 20 }, (_, i) => `${i},y`);
    expect(await shape(`a,b\n1,"x\n${lines.join("\n")}\n`)).toEqual([
      ["row", 1, ["a", "b"]],
      ["open-quote", 2, []],
      ...lines.map((line, i) => ["row", i + 3, line.split(",")]),
    ]);
    expect(await shape(`a,b\n1,"${"x".repeat(100)}"\n2,y\n`)).toEqual([
      ["row", 1, ["a", "b"]],
      ["too-long", 2, []],
      ["row", 3, ["2", "y"]],
    ]);
  });

  test("as many spaces are no row either, and lines stay counted", async () => {
    expect(await shape(`a,b\n${" ".repeat(90)}\r\n2,y\n"l\nl\n",${"x".repeat(50)}\n3,z`)).toEqual([
      ["row", 1, ["a", "b"]],
      ["too-long", 2, []],
      ["row", 3, ["2", "y"]],
      ["too-long", 4, []],
      ["row", 7, ["3", "z"]],
    ]);
  });

  test("a row of just that length may have its line end at the window's edge", async () => {
    for (let length = 28; length <= 34; length++) {
      for (const end of ["\n", "\r", "\r\n"]) {
        const found = await shape(`${"x".repeat(length)}${end}2,y${end}3,z`);
        expect(found.slice(1)).toEqual([
          ["row", 2, ["2", "y"]],
          ["row", 3, ["3", "z"]],
        ]);
      }
    }
  });
});
