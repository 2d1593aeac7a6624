export { growTree } from "./grow";
export { addDigits, placeColumn } from "./places";
export { listSample } from "./residuals";
export { drawCopies, weighSample } from "./subsample";
