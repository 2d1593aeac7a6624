export { canonicalJson, sha256, sha256File } from "./content-hash.ts";
