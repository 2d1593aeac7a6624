/*
 * A route is a byte a row: all ones for a row that goes left, else 0. Rows go sixteen at a time, so their number is a
 * multiple of 16.
 */

/**
 * OUT `route`: where a split sends every row.
 *
 * @param codes the split column's bins, a byte a row
 * @param bins of that column, that of the missing cells included
 * @param goesLeft a byte a bin, all ones for those that go left; 256 bytes
 */
export function findRoute(rows: i32, codes: usize, bins: i32, goesLeft: usize, route: usize): void {
  if (bins <= 16) {
    const table = v128.load(goesLeft);
    for (let row: usize = 0; row < <usize>rows; row += 16) {
      v128.store(route + row, i8x16.swizzle(table, v128.load(codes + row)));
    }
    return;
  }
  for (let row: usize = 0; row < <usize>rows; row++) {
    store<u8>(route + row, load<u8>(goesLeft + load<u8>(codes + row)));
  }
}

/**
 * Parts a set of rows: those that go left, and the others.
 *
 * @param words int64 of a set
 * @param route of as many rows as there are bits
 */
export function partSet(set: usize, words: i32, route: usize, left: usize, right: usize): void {
  let from = route;
  for (let at: usize = 0, end = <usize>words << 3; at < end; at += 8, from += 64) {
    const all = load<u64>(set + at);
    const goLeft = all & (bitsOf(from) | (bitsOf(from + 16) << 16) | (bitsOf(from + 32) << 32) | (bitsOf(from + 48) << 48));
    store<u64>(left + at, goLeft);
    store<u64>(right + at, all ^ goLeft);
  }
}

/** A bit for each of sixteen bytes. */
// @ts-ignore: AssemblyScript
@inline
function bitsOf(route: usize): u64 {
  return <u64>i8x16.bitmask(v128.load(route));
}

// @ts-ignore: AssemblyScript
@inline
function routeAt(routes: usize, place: i32, row: usize): v128 {
  return v128.load(<usize>load<u32>(routes + (<usize>place << 2)) + row);
}

/** The leaves of sixteen rows beneath a place; a place of the last level is a leaf itself. */
function leavesBeneath(place: i32, inner: i32, routes: usize, row: usize): v128 {
  if (place >= inner) return i8x16.splat(<i8>(place - inner));
  return v128.bitselect(
    leavesBeneath(2 * place + 1, inner, routes, row),
    leavesBeneath(2 * place + 2, inner, routes, row),
    routeAt(routes, place, row),
  );
}

/**
 * OUT `leaf`: the leaf of every row in a full tree, 0 to 2^depth - 1, from left to right.
 *
 * @param routes address of each inner node's route, uint32; the children of node i are 2i + 1 and 2i + 2
 */
export function findLeaves(rows: i32, depth: i32, routes: usize, leaf: usize): void {
  const inner = (1 << depth) - 1;
  if (depth === 3) {
    // Written out, for the depth that nearly every ensemble has.
    const one = i8x16.splat(1);
    const two = i8x16.splat(2);
    const four = i8x16.splat(4);
    for (let row: usize = 0; row < <usize>rows; row += 16) {
      const a = routeAt(routes, 0, row);
      const b = v128.bitselect(routeAt(routes, 1, row), routeAt(routes, 2, row), a);
      const c = v128.bitselect(
        v128.bitselect(routeAt(routes, 3, row), routeAt(routes, 4, row), b),
        v128.bitselect(routeAt(routes, 5, row), routeAt(routes, 6, row), b),
        a,
      );
      const high = v128.or(v128.andnot(four, a), v128.andnot(two, b));
      v128.store(leaf + row, v128.or(high, v128.andnot(one, c)));
    }
    return;
  }
  for (let row: usize = 0; row < <usize>rows; row += 16) {
    v128.store(leaf + row, leavesBeneath(0, inner, routes, row));
  }
}
