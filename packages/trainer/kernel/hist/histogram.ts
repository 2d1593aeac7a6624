import { CODES, MOMENTS, PHYSICAL, ROW_COUNTS, STRIDE } from "../../src/engine/hist/header";
import { int, word } from "../header/words";

/*
 * A histogram has 256 cells of 8 bytes a physical column. Eight columns are written out, because a loop with a
 * single load and store runs at a third of the speed: each load waits for the store before it.
 */

/** Types that stand for the numbers 1 to 8 (their size): each makes a generic function straight code of its own. */
class One { a: u8; }
class Two extends One { b: u8; }
class Three extends Two { c: u8; }
class Four extends Three { d: u8; }
class Five extends Four { e: u8; }
class Six extends Five { f: u8; }
class Seven extends Six { g: u8; }
class Eight extends Seven { h: u8; }

// @ts-ignore: AssemblyScript
@inline
function addWord<Columns>(base: usize, codes: u64, moments: i64): void {
  const columns = offsetof<Columns>();
  const low = <u32>codes;
  const high = <u32>(codes >> 32);
  let cell: usize;
  if (columns > 0) {
    cell = base + ((low << 3) & 2040);
    store<i64>(cell, load<i64>(cell) + moments);
  }
  if (columns > 1) {
    cell = base + ((low >> 5) & 2040);
    store<i64>(cell, load<i64>(cell, 2048) + moments, 2048);
  }
  if (columns > 2) {
    cell = base + ((low >> 13) & 2040);
    store<i64>(cell, load<i64>(cell, 4096) + moments, 4096);
  }
  if (columns > 3) {
    cell = base + ((low >> 21) & 2040);
    store<i64>(cell, load<i64>(cell, 6144) + moments, 6144);
  }
  if (columns > 4) {
    cell = base + ((high << 3) & 2040);
    store<i64>(cell, load<i64>(cell, 8192) + moments, 8192);
  }
  if (columns > 5) {
    cell = base + ((high >> 5) & 2040);
    store<i64>(cell, load<i64>(cell, 10240) + moments, 10240);
  }
  if (columns > 6) {
    cell = base + ((high >> 13) & 2040);
    store<i64>(cell, load<i64>(cell, 12288) + moments, 12288);
  }
  if (columns > 7) {
    cell = base + ((high >> 21) & 2040);
    store<i64>(cell, load<i64>(cell, 14336) + moments, 14336);
  }
}

function addRows<LastColumns>(list: usize, end: usize, source: usize, shift: usize): void {
  const codes = word(CODES);
  const stride = word(STRIDE);
  for (let at = list; at < end; at += 8) {
    const entry = load<u64>(at);
    const row = <usize>(entry & 0xffffffff);
    let base = <usize>(entry >> 32) + shift;
    const moments = load<i64>(source + (row << 3));
    let cells = codes + row * stride;
    const last = cells + stride - 8;
    while (cells < last) {
      addWord<Eight>(base, load<u64>(cells), moments);
      cells += 8;
      base += 16384;
    }
    addWord<LastColumns>(base, load<u64>(cells), moments);
  }
}

function addRowsOf(list: usize, end: usize, source: usize, shift: usize): void {
  switch (((int(PHYSICAL) - 1) & 7) + 1) {
    case 1: { addRows<One>(list, end, source, shift); break; }
    case 2: { addRows<Two>(list, end, source, shift); break; }
    case 3: { addRows<Three>(list, end, source, shift); break; }
    case 4: { addRows<Four>(list, end, source, shift); break; }
    case 5: { addRows<Five>(list, end, source, shift); break; }
    case 6: { addRows<Six>(list, end, source, shift); break; }
    case 7: { addRows<Seven>(list, end, source, shift); break; }
    default: { addRows<Eight>(list, end, source, shift); break; }
  }
}

/**
 * Adds the listed rows to the histograms that the list names: entries of 8 bytes, the row and above it the
 * address of the histogram.
 */
export function addToHistograms(list: usize, end: usize): void {
  addRowsOf(list, end, word(MOMENTS), 0);
  const counts = word(ROW_COUNTS);
  if (counts !== 0) addRowsOf(list, end, counts, word(PHYSICAL) << 11);
}
