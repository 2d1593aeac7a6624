/** The threshold that scores are measured at, and that the bundle gets. */
export const THRESHOLD = 0.5;
