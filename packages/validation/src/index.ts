export { validationFindings } from "./finding-codes.ts";
export type { FindingCode, FindingEntry } from "./finding-codes.ts";
export type { DriftParams, ValidationParams } from "./params.ts";
export { validate } from "./validate.ts";
