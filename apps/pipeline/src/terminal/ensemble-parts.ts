import type { LeaderboardEntry } from "@gillnet/entity";

/** A member of an average or a stack, and its part in the answer. */
export interface EnsemblePart {
  readonly family: string;
  /** Weight or coefficient. */
  readonly part: number;
}

/** The members that an ensemble's params name; none for a model by itself. */
export function ensembleParts(params: LeaderboardEntry["params"]): readonly EnsemblePart[] {
  return Object.entries(params).flatMap(([name, value]) => {
    const family = /^(.+)\.(?:weight|coefficient)$/.exec(name)?.[1];
    return family === undefined || typeof value !== "number" ? [] : [{ family, part: value }];
  });
}
