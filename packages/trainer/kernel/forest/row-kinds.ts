/* How the rows of a tree are held: see plane-rows.ts and code-rows.ts. */

export const PLANES = 0;
export const WHOLE = 1;
export const LISTED = 2;
export const FRACTIONS = 3;
