export { codeBytes, codeNumbers } from "./code";
export { dealGroups } from "./deal";
export { hashNumbers, hashWords } from "./hash";
export { findUnlikeRun, numberRuns, packRows, permuteRows, unpackRows, writeDigits } from "./packed";
export { areFinite, plainNumbers, scanBytes, scanNumbers } from "./scan";
export { orderNumbers, sortIndices, sortNumbers, sortPairs } from "./sort";
