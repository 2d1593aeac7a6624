/*
 * Categories in ascending order of a key, ties by bin: the best subset for two classes is among the prefixes of that
 * order (Breiman et al. 1984, 4.2.2). Lists have a float64 a key, an int32 a bin and, where they have cells, 16 bytes a
 * cell. Insertion sort: 256 at most.
 */

/** Puts a category into lists of `count` so far. Bins are to be shown in ascending order. */
// @ts-ignore: AssemblyScript
@inline
export function insertCategory(count: i32, bin: i32, key: f64, keys: usize, bins: usize): void {
  insert(false, count, bin, key, i32x4.splat(0), keys, bins, 0);
}

/** The same with the category's cell, which may stand in the lists already, at `count` or behind. */
// @ts-ignore: AssemblyScript
@inline
export function insertCell(count: i32, bin: i32, key: f64, cell: v128, keys: usize, bins: usize, cells: usize): void {
  insert(true, count, bin, key, cell, keys, bins, cells);
}

// @ts-ignore: AssemblyScript
@inline
function insert(hasCells: bool, count: i32, bin: i32, key: f64, cell: v128, keys: usize, bins: usize, cells: usize): void {
  let at = <usize>count;
  for (; at > 0 && load<f64>(keys + ((at - 1) << 3)) > key; at--) {
    store<f64>(keys + (at << 3), load<f64>(keys + ((at - 1) << 3)));
    store<i32>(bins + (at << 2), load<i32>(bins + ((at - 1) << 2)));
    if (hasCells) v128.store(cells + (at << 4), v128.load(cells + ((at - 1) << 4)));
  }
  store<f64>(keys + (at << 3), key);
  store<i32>(bins + (at << 2), bin);
  if (hasCells) v128.store(cells + (at << 4), cell);
}

/** OUT `goesLeft`, a byte a bin: `mark` for the listed categories down to `last`, 0 for the others of the list. */
export function markCategories(bins: usize, count: i32, last: i32, mark: u8, goesLeft: usize): void {
  let left = mark;
  for (let at: usize = 0; at < <usize>count; at++) {
    const bin = load<i32>(bins + (at << 2));
    store<u8>(goesLeft + <usize>bin, left);
    if (bin === last) left = 0;
  }
}
