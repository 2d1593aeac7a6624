import type { StageContext } from "@gillnet/entity";

import { familyNamed } from "../families/registry.ts";
import type { FitProgress } from "./run-fits.ts";

/** Steps of the bar that are worth telling. */
const LEAST_STEP = 0.01;

/**
 * Tells how far a search is, in whole: never backwards, and not more often than the bar moves or the words change.
 */
export class SearchProgress {
  readonly #tell: StageContext["progress"];
  #start = 0;
  #end = 0;
  #fraction = 0;
  #message = "";

  constructor(tell: StageContext["progress"]) {
    this.#tell = tell;
  }

  /** The next part of the search begins, and ends with that fraction of the whole behind. */
  begin(end: number): void {
    this.#start = this.#end;
    this.#end = end;
  }

  /** @param share of this part that is behind */
  tell(share: number, message: string): void {
    const reached = this.#start + (this.#end - this.#start) * share;
    const fraction = Math.min(this.#end, Math.max(this.#fraction, reached));
    if (message === this.#message && fraction < this.#fraction + LEAST_STEP) return;
    this.#fraction = fraction;
    this.#message = message;
    this.#tell({ fraction, message });
  }
}

/** "gradient boosting 12/60", and of a fit that takes long how far it is: "tree 130 of 256". */
export function describeFits({ family, done, of, longFit }: FitProgress): string {
  const fits = `${familyNamed(family).title} ${done}/${of}`;
  if (longFit === null) return fits;
  const { share, trees } = longFit;
  return trees === null
    ? `${fits} · this fit ${Math.floor(100 * share)} %`
    : `${fits} · tree ${Math.round(share * trees)} of ${trees}`;
}
