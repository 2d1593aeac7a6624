export { createApp } from "./app.ts";
export type { AppOptions } from "./app.ts";
export { apiErrors } from "./errors.ts";
export type { ApiErrorCode, ApiErrorEntry } from "./errors.ts";
export { defaultLimits } from "./limits.ts";
export type { ApiLimits } from "./limits.ts";
export { LiveBundle } from "./live-bundle.ts";
export type { LiveBundleOptions, LiveProblem } from "./live-bundle.ts";
export type { ApiLogger } from "./logger.ts";
