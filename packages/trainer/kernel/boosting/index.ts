export { countRows, takeAway, unpackBins } from "./histogram";
export { findResiduals, listSample, multiplyOdds, sumLeaves } from "./residuals";
export { findLeaves, findRoute, partitionRows } from "./routes";
