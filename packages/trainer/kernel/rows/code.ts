import {
  BYTES, CODER_BINS, CODER_BOUNDS, CODER_BYTES, CODER_CATEGORIES, CODER_KIND, CODER_LOW, CODER_MISSING, CODER_NARROW,
  CODER_SCALE, CODER_STEPS, GRID,
} from "../../src/engine/rows/header";

/** Of a grid with more steps than this, numbers walk up one by one: comparing with every bound would be dear. */
const FEW_STEPS: u32 = 3;

/** OUT `codes`: the bin of each cell of a block of float64, at column * columnStep + row * rowStep. */
export function codeNumbers(
  block: usize, rows: usize, cols: usize, coders: usize, codes: usize, columnStep: usize, rowStep: usize,
): void {
  const step = cols << 3;
  for (let column: usize = 0; column < cols; column++) {
    const coder = coders + column * CODER_BYTES;
    const from = block + (column << 3);
    const end = from + rows * step;
    const to = codes + column * columnStep;
    const kind = load<u32>(coder, CODER_KIND);
    if (kind === CODER_NARROW) codeNarrow(coder, from, end, step, to, rowStep);
    else if (kind === CODER_CATEGORIES) codeCategories(coder, from, end, step, to, rowStep);
    else if (load<u32>(coder, CODER_STEPS) <= FEW_STEPS) codeOnGrid(coder, from, end, step, to, rowStep);
    else walkOnGrid(coder, from, end, step, to, rowStep);
  }
}

function codeNarrow(coder: usize, from: usize, end: usize, step: usize, to: usize, rowStep: usize): void {
  const first = load<f64>(coder, CODER_LOW);
  const second = load<f64>(coder, CODER_SCALE);
  const missing = load<u32>(coder, CODER_MISSING);
  let out = to;
  for (let at = from; at < end; at += step) {
    const value = load<f64>(at);
    // NaN is above nothing.
    const bin = <u32>(value > first) + <u32>(value > second);
    store<u8>(out, bin + select<u32>(missing, 0, value !== value));
    out += rowStep;
  }
}

function codeCategories(coder: usize, from: usize, end: usize, step: usize, to: usize, rowStep: usize): void {
  const bins = <usize>load<u32>(coder, CODER_BINS);
  const missing = load<u32>(coder, CODER_MISSING);
  let out = to;
  for (let at = from; at < end; at += step) {
    const value = load<f64>(at);
    // Not a number is category 0 here.
    const bin = <u32>load<u8>(bins + <usize>(<u32>value));
    store<u8>(out, select<u32>(missing, bin, value !== value));
    out += rowStep;
  }
}

// @ts-ignore: AssemblyScript
@inline
function cellOf(value: f64, low: f64, scale: f64): usize {
  // What is not a number, which a scale of Infinity may give, is cell 0.
  return <usize>min<i32>(max<i32>(<i32>((value - low) * scale), 0), GRID - 1);
}

/** A number's bin is at most three above the first one of its cell: it is compared with all of them. */
function codeOnGrid(coder: usize, from: usize, end: usize, step: usize, to: usize, rowStep: usize): void {
  const bins = <usize>load<u32>(coder, CODER_BINS);
  const bounds = <usize>load<u32>(coder, CODER_BOUNDS);
  const missing = load<u32>(coder, CODER_MISSING);
  const low = load<f64>(coder, CODER_LOW);
  const scale = load<f64>(coder, CODER_SCALE);
  const steps = load<u32>(coder, CODER_STEPS);
  let out = to;
  for (let at = from; at < end; at += step) {
    const value = load<f64>(at);
    const bin = <u32>load<u8>(bins + cellOf(value, low, scale));
    const near = bounds + (<usize>bin << 3);
    let above = <u32>(value > load<f64>(near));
    if (steps > 1) above += <u32>(value > load<f64>(near, 8));
    if (steps > 2) above += <u32>(value > load<f64>(near, 16));
    store<u8>(out, select<u32>(missing, bin + above, value !== value));
    out += rowStep;
  }
}

function walkOnGrid(coder: usize, from: usize, end: usize, step: usize, to: usize, rowStep: usize): void {
  const bins = <usize>load<u32>(coder, CODER_BINS);
  const bounds = <usize>load<u32>(coder, CODER_BOUNDS);
  const missing = load<u32>(coder, CODER_MISSING);
  const low = load<f64>(coder, CODER_LOW);
  const scale = load<f64>(coder, CODER_SCALE);
  let out = to;
  for (let at = from; at < end; at += step) {
    const value = load<f64>(at);
    let bin = <u32>load<u8>(bins + cellOf(value, low, scale));
    while (value > load<f64>(bounds + (<usize>bin << 3))) bin++;
    store<u8>(out, select<u32>(missing, bin, value !== value));
    out += rowStep;
  }
}

/** As codeNumbers, of a block of bytes, with a table of 256 codes a column. */
export function codeBytes(
  block: usize, rows: usize, cols: usize, tables: usize, codes: usize, columnStep: usize, rowStep: usize,
): void {
  let at = block;
  for (let row: usize = 0; row < rows; row++) {
    let out = codes + row * rowStep;
    let table = tables;
    for (const end = at + cols; at < end; at++) {
      store<u8>(out, load<u8>(table + <usize>load<u8>(at)));
      table += BYTES;
      out += columnStep;
    }
  }
}
