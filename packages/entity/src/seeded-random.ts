/**
 * The only source of randomness in the packages: xoshiro128** seeded through SplitMix32.
 *
 * The same seed gives the same stream on every machine. `fork` derives an independent stream from a
 * key, so that a tree, a fold or a column draws the same numbers whatever ran before it or beside it.
 *
 * Sources: Blackman and Vigna, "Scrambled linear pseudorandom number generators" (2021), for the
 * generator; Lemire, "Fast random integer generation in an interval" (2019), for `integer`'s idea of
 * rejection.
 */
export class SeededRandom {
  readonly #seed: number;
  #s0: number;
  #s1: number;
  #s2: number;
  #s3: number;

  /** @param seed any safe integer; its low 53 bits count. */
  constructor(seed: number) {
    this.#seed = seed;
    let state = (seed ^ Math.floor(seed / 4294967296)) | 0;
    const next = (): number => {
      state = (state + 0x9e3779b9) | 0;
      let z = state;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      return z ^ (z >>> 15);
    };
    this.#s0 = next();
    this.#s1 = next();
    this.#s2 = next();
    this.#s3 = next();
  }

  /** A stream of its own for `key` (a name or an index); does not advance this one. */
  fork(key: string | number): SeededRandom {
    // FNV-1a over the key's characters, mixed with the seed.
    const text = typeof key === "number" ? `#${key}` : key;
    let hash = (0x811c9dc5 ^ this.#seed ^ Math.floor(this.#seed / 4294967296)) | 0;
    for (let i = 0; i < text.length; i++) {
      hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    }
    let low = hash ^ (hash >>> 16);
    low = Math.imul(low, 0x85ebca6b);
    low ^= low >>> 13;
    const high = Math.imul(hash ^ 0x27d4eb2f, 0xc2b2ae35) & 0x1fffff;
    return new SeededRandom(high * 4294967296 + (low >>> 0));
  }

  /** The generator's four words, for code in another language that draws on from here. */
  get state(): Int32Array {
    return Int32Array.of(this.#s0, this.#s1, this.#s2, this.#s3);
  }

  /** The next 32 random bits, as an unsigned integer. */
  uint32(): number {
    const result = Math.imul(rotl(Math.imul(this.#s1, 5), 7), 9);
    const t = this.#s1 << 9;
    this.#s2 ^= this.#s0;
    this.#s3 ^= this.#s1;
    this.#s1 ^= this.#s2;
    this.#s0 ^= this.#s3;
    this.#s2 ^= t;
    this.#s3 = rotl(this.#s3, 11);
    return result >>> 0;
  }

  /** Fills `target` with the next numbers, the same as calling `uint32` for each, in half the time. */
  fillUint32(target: Uint32Array): void {
    // Locals: the compiler keeps them in registers, which it does not do with fields.
    let s0 = this.#s0;
    let s1 = this.#s1;
    let s2 = this.#s2;
    let s3 = this.#s3;
    for (let i = 0; i < target.length; i++) {
      const x = Math.imul(s1, 5);
      target[i] = Math.imul((x << 7) | (x >>> 25), 9);
      const t = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= t;
      s3 = (s3 << 11) | (s3 >>> 21);
    }
    this.#s0 = s0;
    this.#s1 = s1;
    this.#s2 = s2;
    this.#s3 = s3;
  }

  /** Uniform in [0, 1), with 53 random bits. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** Uniform integer in [0, bound), without modulo bias. `bound` is 1 to 2^32. */
  integer(bound: number): number {
    const divisor = bound >>> 0;
    if (divisor === 0) return this.uint32();
    // The last numbers, as many as 2^32 modulo the bound, are left out. All in 32 bits: a remainder of doubles is slow.
    const last = 0xffffffff - ((-divisor >>> 0) % divisor);
    let bits = this.uint32();
    while (bits > last) bits = this.uint32();
    return bits % divisor;
  }

  /** Shuffles `items` in place (Fisher and Yates). */
  shuffle(items: { [index: number]: number; readonly length: number }): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const held = items[i] as number;
      items[i] = items[j] as number;
      items[j] = held;
    }
  }
}

function rotl(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}
