import { SeededRandom } from "@gillnet/entity";

import type { FitContext } from "../src/families/family.ts";

/** A context of one thread that nobody watches. */
export function fitContext(seed: number): FitContext {
  return { random: new SeededRandom(seed), threads: 1, onMember: () => {} };
}
