export { fillNumbers, findMoments } from "./columns";
export { findLosses } from "./losses";
export { solve } from "./solve";
export { multiplyRows, sumInputs, sumSquares } from "./sums";
