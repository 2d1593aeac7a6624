import { nearestName, PipelineError, STAGE_NAMES } from "@gillnet/entity";
import type { StageName } from "@gillnet/entity";
import type { RunSelection } from "../run/runner-world.ts";

export interface SelectionFlags {
  readonly from?: string;
  readonly to?: string;
  readonly force: boolean;
}

/**
 * Which stages `run [STAGE] [--from S] [--to S] [--force]` means. A stage that is named alone runs
 * though nothing changed. Errors: RUN_STAGE_UNKNOWN, RUN_SELECTION.
 */
export function selectStages(stage: string | undefined, flags: SelectionFlags): RunSelection {
  if (stage !== undefined) {
    if (flags.from !== undefined || flags.to !== undefined) {
      throw new PipelineError("RUN_SELECTION", `'${stage}' alone and a range exclude each other`, {
        hint: `Leave out '${stage}', or --from and --to`,
      });
    }
    const name = readStage(stage);
    return { from: name, to: name, force: true };
  }
  const from = readStage(flags.from ?? STAGE_NAMES[0]);
  const to = readStage(flags.to ?? (STAGE_NAMES.at(-1) as StageName));
  if (STAGE_NAMES.indexOf(from) > STAGE_NAMES.indexOf(to)) {
    throw new PipelineError("RUN_SELECTION", `--from ${from} comes after --to ${to}`, {
      hint: `The order is ${STAGE_NAMES.join(", ")}`,
    });
  }
  return { from, to, force: flags.force };
}

function readStage(text: string): StageName {
  const stage = STAGE_NAMES.find((name) => name === text);
  if (stage !== undefined) return stage;
  const near = nearestName(text, STAGE_NAMES);
  throw new PipelineError("RUN_STAGE_UNKNOWN", `There is no stage '${text}'`, {
    hint: near === undefined ? `Stages are ${STAGE_NAMES.join(", ")}` : `Do you mean ${near}?`,
    details: { stage: text },
  });
}
