import { COLUMNS, IS_PLANES, STRIDE, TABLE } from "../../src/engine/forest/header";
import { int, word } from "../header/words";

/**
 * Takes some rows of the table, from row `first` on, row by row into TABLE.
 *
 * @param codes IN: bins column by column, `count` bytes a column
 */
export function takeRows(first: i32, count: i32, codes: usize): void {
  const cols = word(COLUMNS);
  const stride = word(STRIDE);
  if (int(IS_PLANES) !== 0) {
    const rows = word(TABLE) + (<usize>first << 4);
    memory.fill(rows, 0, <usize>count << 4);
    for (let column: usize = 0; column < cols; column++) {
      const from = codes + column * <usize>count;
      for (let row: usize = 0; row < <usize>count; row++) {
        const code = <usize>load<u8>(from + row);
        // Code 0 sets a bit of the last word, which is not read.
        const at = rows + (row << 4) + (((code - 1) & 3) << 2);
        store<u32>(at, load<u32>(at) | (1 << <u32>column));
      }
    }
    return;
  }
  const rows = word(TABLE) + <usize>first * stride;
  for (let column: usize = 0; column < cols; column++) {
    const from = codes + column * <usize>count;
    let at = rows + column;
    for (let row: usize = 0; row < <usize>count; row++, at += stride) store<u8>(at, load<u8>(from + row));
  }
}
