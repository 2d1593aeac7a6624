import {
  COLUMN_BYTES, COLUMN_DIGITS, COLUMN_IS_CATEGORICAL, COLUMN_VALUE_BINS, COLUMNS, NODE_BIN, NODE_BITS, NODE_BYTES,
  NODE_COLUMN, NODE_MISSING_LEFT, NODES,
} from "../../src/engine/hist/header";
import { word } from "../header/words";
import { bitAt } from "./bin-sets";

/** Writes which codes of the split's physical column go right: 256 bytes of 0 or 1. */
export function writeTable(node: i32, table: usize): void {
  const record = word(NODES) + <usize>node * NODE_BYTES;
  const column = word(COLUMNS) + <usize>load<i32>(record, NODE_COLUMN) * COLUMN_BYTES;
  const digits = load<u32>(column, COLUMN_DIGITS);
  const bins = load<i32>(column, COLUMN_VALUE_BINS);
  const last = load<i32>(record, NODE_BIN);
  const missingRight = <u8>(1 - load<i32>(record, NODE_MISSING_LEFT));
  const categorical = load<u32>(column, COLUMN_IS_CATEGORICAL) !== 0;
  for (let code: usize = 0; code < 256; code++) {
    const bin = <i32>load<u8>(<usize>digits + code);
    const right = categorical
      ? <u8>!bitAt(record + NODE_BITS, bin)
      : bin === bins ? missingRight : <u8>(bin > last);
    store<u8>(table + code, right);
  }
}
