import type { TensorData } from "./container.ts";
import { DTYPES, narrowestDtype } from "./dtypes.ts";
import type { Dtype } from "./dtypes.ts";

/** A vector of integers in the narrowest type that holds them all, signed only when one is negative. */
export function packIntegers(
  name: string,
  values: Int32Array | Uint8Array | Uint32Array,
): TensorData {
  let minimum = 0;
  let maximum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  // No array of these three types holds both a negative value and one of 2^31 or more.
  const dtype = narrowestDtype(minimum, maximum) as Dtype;
  return { name, dtype, shape: [values.length], values };
}

/** How an array of doubles is stored. */
export type DoubleForm =
  | { readonly kind: "integers"; readonly dtype: Dtype }
  | { readonly kind: "table"; readonly table: Float64Array; readonly indexDtype: Dtype }
  | { readonly kind: "doubles" };

/**
 * Doubles, without loss, in the form that `chooseForm` says: `name` as integers, `name.table` and
 * `name.index`, or `name` as doubles.
 *
 * @param shape of `values`; default one length.
 */
export function packDoubles(
  name: string,
  values: Float64Array,
  shape: readonly number[] = [values.length],
): readonly TensorData[] {
  const form = chooseForm(values);
  if (form.kind === "integers") return [{ name, dtype: form.dtype, shape, values }];
  if (form.kind === "doubles") return [{ name, dtype: "f64", shape, values }];
  const { table, indexDtype } = form;
  const places = new Map<number, number>();
  for (let i = 0; i < table.length; i++) places.set(table[i] as number, i);
  const index = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) index[i] = places.get(values[i] as number) as number;
  return [
    { name: `${name}.table`, dtype: "f64", shape: [table.length], values: table },
    { name: `${name}.index`, dtype: indexDtype, shape, values: index },
  ];
}

/**
 * The one form in which an array of doubles is stored, the first of these that fits:
 * 1. integers of the narrowest type, when all are whole numbers that 32 bits hold;
 * 2. a table of the distinct values, ascending, NaN last, and an index into it for each value, when both
 *    together take fewer bytes than the doubles;
 * 3. doubles.
 * One -0 is enough for form 3: the other two would lose its sign or its place.
 */
export function chooseForm(values: Float64Array): DoubleForm {
  const integers = integerDtypeOf(values);
  if (integers !== undefined) return { kind: "integers", dtype: integers };
  const distinct = new Set<number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Object.is(value, -0)) return { kind: "doubles" };
    distinct.add(value);
    // Past this many not even an index of one byte pays: most continuous columns stop early here.
    if (distinct.size * 8 > values.length * 7) return { kind: "doubles" };
  }
  const indexDtype = narrowestDtype(0, distinct.size - 1) ?? "u32";
  const bytes = distinct.size * 8 + values.length * DTYPES[indexDtype].size;
  if (bytes >= values.length * 8) return { kind: "doubles" };
  return { kind: "table", table: Float64Array.from(distinct).sort(), indexDtype };
}

/** The narrowest type that holds all values; undefined when one is not whole, or is -0, or too large. */
function integerDtypeOf(values: Float64Array): Dtype | undefined {
  let minimum = 0;
  let maximum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isInteger(value) || Object.is(value, -0)) return undefined;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  return narrowestDtype(minimum, maximum);
}
