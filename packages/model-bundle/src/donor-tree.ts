import type { KnnImputer } from "./bundle.ts";

/**
 * An imputer's donors in ascending order of their cells, missing last: the leaves of a prefix tree, in
 * which donors that begin alike stand together.
 *
 *     position  cells    common  branch
 *        0      0 0 0      0       4       a new tree
 *        1      0 0 1      2       3       shares 2 columns with the one before
 *        2      0 0 2      2       3
 *        3      0 1 0      1       4
 */
export interface DonorTree {
  /** Row-major, as many columns as the imputer has. */
  readonly cells: Float64Array;
  /** The imputer's index of the donor at each position. */
  readonly donors: Uint32Array;
  /** How many of its first columns the donor shares with the one before it. */
  readonly common: Uint32Array;
  /** The next position whose donor shares fewer; the number of donors when there is none. */
  readonly branch: Uint32Array;
}

const trees = new WeakMap<KnnImputer, DonorTree>();

/** The imputer's tree, made at first use: O(donors * log(donors) * columns), 30 ms for 20,000 by 30. */
export function donorTree(imputer: KnnImputer): DonorTree {
  let tree = trees.get(imputer);
  if (tree === undefined) {
    tree = growTree(imputer);
    trees.set(imputer, tree);
  }
  return tree;
}

function growTree(imputer: KnnImputer): DonorTree {
  const width = imputer.columns.length;
  const nDonors = imputer.donorCounts.length;
  const donors = Uint32Array.from({ length: nDonors }, (_, donor) => donor).sort((a, b) =>
    compareRows(imputer.donors, a * width, b * width, width),
  );
  const cells = new Float64Array(nDonors * width);
  const common = new Uint32Array(nDonors);
  for (let position = 0; position < nDonors; position++) {
    const start = position * width;
    const donor = donors[position] as number;
    cells.set(imputer.donors.subarray(donor * width, (donor + 1) * width), start);
    // Before the first donor there is nothing, which equals no cell.
    let j = 0;
    while (j < width && Object.is(cells[start + j], cells[start - width + j])) j++;
    common[position] = j;
  }
  const branch = new Uint32Array(nDonors);
  for (let position = nDonors - 1; position >= 0; position--) {
    let next = position + 1;
    while (next < nDonors && (common[next] as number) >= (common[position] as number)) {
      next = branch[next] as number;
    }
    branch[position] = next;
  }
  return { cells, donors, common, branch };
}

/** Orders the `width` cells from `a` on against those from `b` on; missing last. */
function compareRows(cells: Float64Array, a: number, b: number, width: number): number {
  for (let j = 0; j < width; j++) {
    const x = cells[a + j] as number;
    const y = cells[b + j] as number;
    if (x < y || (Number.isNaN(y) && !Number.isNaN(x))) return -1;
    if (x > y || (Number.isNaN(x) && !Number.isNaN(y))) return 1;
  }
  return 0;
}
