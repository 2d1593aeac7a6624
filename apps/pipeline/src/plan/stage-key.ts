import type { StageName } from "@gillnet/entity";
import { canonicalJson, sha256 } from "@gillnet/entity/node";
import type { PipelineStage } from "../run/pipeline-stage.ts";

/** All that a stage's result depends on. Equal keys, equal results. */
export interface StageKey {
  /** SHA-256 of the parts below and the stage's name. */
  readonly hash: string;
  /** By package: the hash of its built code, or the version when it is not ours. */
  readonly code: Readonly<Record<string, string>>;
  /** By path in pipeline.yaml. */
  readonly params: Readonly<Record<string, unknown>>;
  /** By name of the source or of the stage before: the hash of its content. */
  readonly inputs: Readonly<Record<string, string>>;
}

/**
 * Makes the key of a stage from the version of its code and the content of the artifacts it reads.
 *
 * @param contentHashes of every stage that `stage` reads.
 */
export function makeStageKey(
  stage: PipelineStage,
  code: Readonly<Record<string, string>>,
  contentHashes: ReadonlyMap<StageName, string>,
): StageKey {
  const inputs: Record<string, string> = { ...stage.sources };
  for (const name of stage.reads) inputs[name] = contentHashes.get(name) ?? "";
  const { params } = stage;
  const hash = sha256(canonicalJson({ stage: stage.name, code, params, inputs }));
  return { hash, code, params, inputs };
}
