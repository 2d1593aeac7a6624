export type { KnnParams, TransformationParams } from "./params.ts";
export { transform } from "./transform.ts";
