/** In which order a fit takes the rows of a matrix. */
export interface RowPlaces {
  /** The row at each place; -1 for one that no row has. */
  readonly order: Int32Array;
  /** How many places belong to rows that take part; the others are only answered for. */
  readonly taking: number;
}

/**
 * Rows that weigh something come first; both parts keep their order.
 *
 * @param takingMultiple the places that take part are filled up to a multiple of this
 * @param multiple and all of them to a multiple of this
 */
export function placeRows(
  weight: Float64Array,
  takingMultiple: number = 1,
  multiple: number = 1,
): RowPlaces {
  const rows = weight.length;
  const heavy = rowsOfWeight(weight);
  const taking = takingMultiple * Math.ceil(heavy.length / takingMultiple);
  const places = multiple * Math.ceil((taking + rows - heavy.length) / multiple);
  const order = new Int32Array(places).fill(-1);
  order.set(heavy);
  let next = taking;
  for (let row = 0; row < rows; row++) if (!((weight[row] as number) > 0)) order[next++] = row;
  return { order, taking };
}

/** The rows that weigh something, ascending. */
export function rowsOfWeight(weight: Float64Array): Int32Array {
  const rows = new Int32Array(weight.length);
  let count = 0;
  for (let row = 0; row < weight.length; row++) {
    if ((weight[row] as number) > 0) rows[count++] = row;
  }
  return rows.slice(0, count);
}
