export { beginTrees } from "./begin";
export { growTree } from "./grow";
export { addDigits, findAnswers, placeColumn } from "./places";
export { markSample } from "./residuals";
export { drawCopies, weighSample } from "./subsample";
