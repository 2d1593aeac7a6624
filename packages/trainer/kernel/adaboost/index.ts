export { castStump, countRows } from "./rows";
export { findSplit } from "./search";
