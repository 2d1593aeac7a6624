import { canonicalNumber, parseNumber } from "@gillnet/entity";

/** The texts that count as missing, in a form that is quick to ask. */
export class MissingMarkers {
  readonly #texts: ReadonlySet<string>;
  readonly #numbers: ReadonlySet<number>;

  constructor(markers: readonly string[]) {
    this.#texts = new Set(["", ...markers.map((marker) => marker.trim())]);
    this.#numbers = new Set([...this.#texts].flatMap((text) => parseNumber(text) ?? []));
  }

  /** Whether a trimmed text is missing. */
  hasText(trimmed: string): boolean {
    return this.#texts.has(trimmed);
  }

  /** Whether some text of this number is a marker, as -999 is of "-999.0": then its own text must be asked. */
  mayHaveNumber(value: number): boolean {
    return this.#numbers.size > 0 && this.#numbers.has(value);
  }

  /** Whether a number that came without a text is missing: its canonical text decides. */
  hasNumber(value: number): boolean {
    return this.mayHaveNumber(value) && this.#texts.has(canonicalNumber(value));
  }
}
