export { codeBytes, codeNumbers } from "./code";
export { hashNumbers, hashWords } from "./hash";
export { findUnlikeRun, numberRuns, packRows, permuteRows, unpackRows, writeDigits } from "./packed";
export { scanBytes, scanNumbers } from "./scan";
export { sortNumbers, sortPairs } from "./sort";
