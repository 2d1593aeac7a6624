import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { appendRejected } from "../src/append-rejected.ts";
import { inFolder } from "./sources/world.ts";

const row = { sourceRow: 3, line: null, column: 'a "b"', value: null, reason: "Bad, very" };

test("makes the file, then adds to it", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "rows.csv");
    await appendRejected(path, [row]);
    await appendRejected(path, [{ ...row, line: 4, value: "x" }]);
    expect(await readFile(path, "utf8")).toBe(
      'source_row,line,column,value,reason\n3,,"a ""b""",,"Bad, very"\n3,4,"a ""b""",x,"Bad, very"\n',
    );
  });
});

test("without rows it leaves the file as reading has made it", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "rows.csv");
    await writeFile(path, "as it was");
    await appendRejected(path, []);
    expect(await readFile(path, "utf8")).toBe("as it was");
  });
});
