import * as fc from "fast-check";
import { appendFile, mkdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openJournal } from "../src/index.ts";
import type { JournalEntry } from "../src/journal-entry.ts";
import { codeOf, errorOf } from "./error-of.ts";
import { inFolder } from "./sample-run.ts";

const BEGIN: JournalEntry = {
  kind: "begin",
  version: 1,
  id: "6b2f",
  run: "r1",
  name: "run",
  experiment: "e",
  startedAt: 1,
};
const param = (key: string, value: string): JournalEntry => ({ kind: "param", key, value });
const tag = (key: string, value: string): JournalEntry => ({ kind: "tag", key, value });

test("what was appended is there again, in order, and a folder without a journal has an empty one", async () => {
  await inFolder(async (folder) => {
    const nested = join(folder, "not/yet");
    const journal = await openJournal(nested);
    expect(journal.entries).toEqual([]);
    expect(journal.begin).toBeUndefined();
    const entries = [BEGIN, param("é\n", ""), tag("a", "\u2028")];
    await journal.append(entries);
    expect(journal.entries).toEqual(entries);
    expect((await openJournal(nested)).entries).toEqual(entries);
  });
});

test("what holds already is not said again, what changed is", async () => {
  await inFolder(async (folder) => {
    const journal = await openJournal(folder);
    await journal.append([BEGIN, tag("a", "1"), param("p", "1")]);
    await journal.append([
      { ...BEGIN, id: "other" },
      param("p", "1"),
      tag("a", "2"),
      tag("a", "2"),
    ]);
    await journal.append([tag("a", "1")]);
    const wanted = [BEGIN, tag("a", "1"), param("p", "1"), tag("a", "2"), tag("a", "1")];
    expect((await openJournal(folder)).entries).toEqual(wanted);
  });
});

test("a changed parameter, another run, and a journal without a beginning are refused whole", async () => {
  await inFolder(async (folder) => {
    const journal = await openJournal(folder);
    expect(await codeOf(journal.append([tag("a", "1")]))).toBe("TRACKING_JOURNAL_MISMATCH");
    await journal.append([BEGIN, param("p", "1")]);
    const changed = await errorOf(journal.append([tag("a", "1"), param("p", "2")]));
    expect(changed).toMatchObject({
      code: "TRACKING_JOURNAL_MISMATCH",
      message: "Parameter 'p' of the run was recorded as '1', not '2'",
    });
    const other = journal.append([{ ...BEGIN, run: "r2" }]);
    expect(await codeOf(other)).toBe("TRACKING_JOURNAL_MISMATCH");
    expect(journal.entries).toHaveLength(2);
  });
});

test("cut off after any byte, the journal holds its whole lines, and can be completed", async () => {
  await inFolder(async (folder) => {
    const entries = [BEGIN, tag("ä", "1"), param("p", "€"), tag("b", "x")];
    const path = join(folder, "tracking.jsonl");
    await (await openJournal(folder)).append(entries);
    const whole = await readFile(path);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (length) => {
        await writeFile(path, whole);
        await truncate(path, length);
        const journal = await openJournal(folder);
        expect(journal.entries).toEqual(entries.slice(0, journal.entries.length));
        await journal.append(entries);
        expect(journal.entries).toEqual(entries);
        expect((await readFile(path)).equals(whole)).toBe(true);
      }),
      { numRuns: 50, seed: 1 },
    );
  });
});

test("a line that is no entry is named", async () => {
  const lines = [
    "{",
    "null",
    '{"kind":"tag","key":"a"}',
    '{"kind":"tag","key":"a","value":1}',
    '{"kind":"toString"}',
    '{"kind":"later"}',
    JSON.stringify(BEGIN),
  ];
  for (const line of lines) {
    await inFolder(async (folder) => {
      await (await openJournal(folder)).append([BEGIN]);
      await appendFile(join(folder, "tracking.jsonl"), `${line}\n`);
      const error = await errorOf(openJournal(folder));
      expect(error).toMatchObject({ code: "TRACKING_JOURNAL_DAMAGED", details: { line: 2 } });
    });
  }
});

test("a journal of a later version, or without its beginning, is not read", async () => {
  for (const first of [{ ...BEGIN, version: 2 }, tag("a", "1")]) {
    await inFolder(async (folder) => {
      await writeFile(join(folder, "tracking.jsonl"), `${JSON.stringify(first)}\n`);
      expect(await codeOf(openJournal(folder))).toBe("TRACKING_JOURNAL_DAMAGED");
    });
  }
});

test("a journal that cannot be read or written says so", async () => {
  await inFolder(async (folder) => {
    const journal = await openJournal(folder);
    await mkdir(join(folder, "tracking.jsonl"));
    expect(await codeOf(journal.append([BEGIN]))).toBe("TRACKING_JOURNAL_UNWRITABLE");
    expect(await codeOf(openJournal(folder))).toBe("TRACKING_JOURNAL_UNWRITABLE");
    expect(journal.entries).toEqual([]);
  });
});
