import type { PipelineError } from "@gillnet/entity";
import { bundleError } from "./bundle-error.ts";

/**
 * A value parsed from JSON, read by saying what it must be. What it is not ends in a PipelineError with
 * the given code that names the place ("features[3].name").
 */
export class CheckedJson {
  readonly value: unknown;
  readonly #code: string;
  readonly #place: string;

  /** @param place how messages name the value; "" for the whole text. */
  constructor(value: unknown, code: string, place = "") {
    this.value = value;
    this.#code = code;
    this.#place = place;
  }

  /** The error that this value is not `expected`. */
  refuse(expected: string): PipelineError {
    return bundleError(
      this.#code,
      `${this.#place === "" ? "The whole" : this.#place} must be ${expected}, got ${describe(this.value)}`,
      { details: { place: this.#place } },
    );
  }

  /** The value as an object with own members only. */
  #object(): object {
    if (typeof this.value !== "object" || this.value === null || Array.isArray(this.value)) {
      throw this.refuse("an object");
    }
    return this.value;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#object(), name);
  }

  /** The member called `name`, which must be there. */
  member(name: string): CheckedJson {
    const object = this.#object();
    if (!Object.hasOwn(object, name)) throw this.refuse(`an object with the member '${name}'`);
    return this.#at(`.${name}`, (object as Record<string, unknown>)[name]);
  }

  /** The member called `name`, or undefined when it is not there. */
  optional(name: string): CheckedJson | undefined {
    return this.has(name) ? this.member(name) : undefined;
  }

  /** Refuses members that are not named. */
  allow(...names: string[]): this {
    const unknown = Object.keys(this.#object()).find((name) => !names.includes(name));
    if (unknown !== undefined) {
      throw this.refuse(`an object without the unknown member '${unknown.slice(0, 80)}'`);
    }
    return this;
  }

  /** Every member's name and value. */
  members(): readonly (readonly [string, CheckedJson])[] {
    return Object.entries(this.#object()).map(([name, value]) => [
      name,
      this.#at(`.${name}`, value),
    ]);
  }

  items(): readonly CheckedJson[] {
    if (!Array.isArray(this.value)) throw this.refuse("a list");
    return this.value.map((value: unknown, i) => this.#at(`[${i}]`, value));
  }

  /** Null, or what `read` makes of the value. */
  orNull<T>(read: (value: CheckedJson) => T): T | null {
    return this.value === null ? null : read(this);
  }

  string(): string {
    if (typeof this.value !== "string") throw this.refuse("text");
    return this.value;
  }

  oneOf<T extends string>(...words: readonly T[]): T {
    const word = words.find((each) => each === this.value);
    if (word === undefined) throw this.refuse(words.map((each) => `'${each}'`).join(" or "));
    return word;
  }

  boolean(): boolean {
    if (typeof this.value !== "boolean") throw this.refuse("true or false");
    return this.value;
  }

  number(): number {
    if (typeof this.value !== "number" || !Number.isFinite(this.value)) {
      throw this.refuse("a finite number");
    }
    return this.value;
  }

  /** A whole number that a double holds exactly, at least `minimum`. */
  integer(minimum = 0): number {
    if (!Number.isSafeInteger(this.value) || (this.value as number) < minimum) {
      throw this.refuse(`a whole number of at least ${minimum}`);
    }
    return this.value as number;
  }

  #at(step: string, value: unknown): CheckedJson {
    const place = this.#place === "" ? step.replace(/^\./, "") : this.#place + step;
    return new CheckedJson(value, this.#code, place);
  }
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "an object";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
