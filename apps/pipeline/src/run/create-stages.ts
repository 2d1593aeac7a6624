import type { ArtifactHandle } from "@gillnet/entity";
import type { ResolvedSource } from "@gillnet/ingestion";
import type { PipelineConfig } from "../config/pipeline-config.ts";
import type { ArtifactByStage, PipelineStage, StageInputs } from "./pipeline-stage.ts";
import type { Redactor } from "./redactor.ts";

/** The stages of the pipeline, in order, for a configuration and a source. Each loads its package when it runs. */
export function createStages(
  config: PipelineConfig,
  source: ResolvedSource,
  redact: Redactor,
): PipelineStage[] {
  const { seed, schema } = config;
  const { content, inputHash } = source;
  // The hash of a file says nothing of how its columns are named.
  const reading =
    content.format === "csv" || content.format === "parquet"
      ? { source: { format: content.format, matchCase: content.matchCase, rename: content.rename } }
      : {};
  return [
    {
      name: "ingestion",
      packageName: "@gillnet/ingestion",
      params: redact({ ingestion: config.ingestion, schema, seed, ...reading }),
      sources: { source: inputHash },
      reads: [],
      run: async (_inputs, context) => {
        const { ingest } = await import("@gillnet/ingestion");
        return ingest({ source, schema }, config.ingestion, context);
      },
    },
    {
      name: "validation",
      packageName: "@gillnet/validation",
      params: redact({ validation: config.validation, seed }),
      sources: {},
      reads: ["ingestion"],
      run: async (inputs, context) => {
        const { validate } = await import("@gillnet/validation");
        return validate({ ingestion: take(inputs, "ingestion") }, config.validation, context);
      },
    },
    {
      name: "transformation",
      packageName: "@gillnet/transformation",
      params: redact({ transformation: config.transformation, seed }),
      sources: {},
      reads: ["ingestion"],
      run: async (inputs, context) => {
        const { transform } = await import("@gillnet/transformation");
        return transform({ ingestion: take(inputs, "ingestion") }, config.transformation, context);
      },
    },
    {
      name: "trainer",
      packageName: "@gillnet/trainer",
      params: redact({ trainer: config.trainer, seed }),
      sources: {},
      reads: ["transformation"],
      run: async (inputs, context) => {
        const { train } = await import("@gillnet/trainer");
        return train({ transformation: take(inputs, "transformation") }, config.trainer, context);
      },
    },
  ];
}

/** The runner runs a stage only after all that it reads. */
function take<S extends keyof ArtifactByStage>(
  inputs: StageInputs,
  stage: S,
): ArtifactHandle<ArtifactByStage[S]> {
  return inputs[stage] as ArtifactHandle<ArtifactByStage[S]>;
}
