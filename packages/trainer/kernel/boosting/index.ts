export { beginTrees } from "./begin";
export { growTree } from "./grow";
export { addDigits, placeColumn } from "./places";
export { markSample } from "./residuals";
export { drawCopies, weighSample } from "./subsample";
