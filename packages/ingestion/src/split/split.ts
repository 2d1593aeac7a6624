/** Which rows go where: indices into the table, ascending on each side. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Collects the rows of each side. `inTest` holds 1 for the rows of the test part. */
export function splitBySides(inTest: Uint8Array): Split {
  let testRows = 0;
  for (let row = 0; row < inTest.length; row++) testRows += inTest[row] as number;
  const train = new Int32Array(inTest.length - testRows);
  const test = new Int32Array(testRows);
  let nextTrain = 0;
  let nextTest = 0;
  for (let row = 0; row < inTest.length; row++) {
    if (inTest[row] === 1) test[nextTest++] = row;
    else train[nextTrain++] = row;
  }
  return { train, test };
}
