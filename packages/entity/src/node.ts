export { ArtifactStore } from "./artifact-store.ts";
export { canonicalJson, sha256, sha256File } from "./content-hash.ts";
export { artifactErrors } from "./errors.ts";
export { currentProcess, isProcessAlive } from "./process-identity.ts";
export type { ProcessIdentity } from "./process-identity.ts";
export type { StageOutput, StoredArtifact, StoredFile } from "./stage-output.ts";
export { writeFileAtomic } from "./write-atomic.ts";
