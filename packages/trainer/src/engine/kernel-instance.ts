import { KernelCode } from "./kernel-code.ts";
import { MOST_BYTES, createMemory, growMemory, wholeLines } from "./kernel-memory.ts";
import type { WasmMemory } from "./web-assembly.ts";

/** What is the same for all instances of a kernel. */
interface InstanceRules {
  /** At the start of each memory, which nobody gets. A multiple of 16. */
  readonly headerBytes: number;
  /** An instance that has grown beyond this is not kept. */
  readonly mostIdleBytes: number;
  /** What a memory can grow to. */
  readonly mostBytes: number;
}

const RULES: InstanceRules = { headerBytes: 0, mostIdleBytes: 2 ** 26, mostBytes: MOST_BYTES };

/** An instance of a kernel, and its memory from the first byte on. */
export class KernelInstance<Exports extends object> {
  readonly run: Exports;
  readonly memory: WasmMemory;
  readonly #rules: InstanceRules;
  readonly #idle: KernelInstance<Exports>[];
  #end: number;

  /** @param idle where it goes when it is given back */
  constructor(code: KernelCode<Exports>, rules: InstanceRules, idle: KernelInstance<Exports>[]) {
    this.memory = createMemory(undefined, rules.mostBytes);
    this.run = code.over(this.memory);
    this.#rules = rules;
    this.#idle = idle;
    this.#end = rules.headerBytes;
  }

  /** Ends the use of an instance and of all that is in its memory. Those who shared it may all call it. */
  giveBack(): void {
    if (this.#idle.includes(this)) return;
    this.#end = this.#rules.headerBytes;
    if (this.memory.buffer.byteLength <= this.#rules.mostIdleBytes) this.#idle.push(this);
  }

  /** The memory as 32-bit words and as float64, as far as it reaches now. */
  get words(): Uint32Array {
    return new Uint32Array(this.memory.buffer);
  }

  get reals(): Float64Array {
    return new Float64Array(this.memory.buffer);
  }

  /**
   * The address of so many bytes, not zeroed. Arrays that were made before stay good.
   *
   * @throws PipelineError TRAINER_OUT_OF_MEMORY
   */
  reserve(bytes: number): number {
    const start = this.#end;
    const end = start + wholeLines(bytes);
    growMemory(this.memory, end);
    this.#end = end;
    return start;
  }

  /** A zeroed array of its own, as the others. May throw as `reserve` does. */
  f64(length: number): Float64Array {
    const start = this.reserve(8 * length);
    return new Float64Array(this.memory.buffer, start, length).fill(0);
  }

  i32(length: number): Int32Array {
    const start = this.reserve(4 * length);
    return new Int32Array(this.memory.buffer, start, length).fill(0);
  }

  u32(length: number): Uint32Array {
    const start = this.reserve(4 * length);
    return new Uint32Array(this.memory.buffer, start, length).fill(0);
  }

  u8(length: number): Uint8Array {
    const start = this.reserve(length);
    return new Uint8Array(this.memory.buffer, start, length).fill(0);
  }
}

/**
 * The instances of one kernel in one thread. Reserving a memory takes address space that is only given back by the
 * garbage collector, so an instance that is done with is kept for the thread's next fit.
 */
export class KernelInstances<Exports extends object> {
  readonly #code: KernelCode<Exports>;
  readonly #rules: InstanceRules;
  readonly #idle: KernelInstance<Exports>[] = [];

  constructor(bytes: () => Uint8Array<ArrayBuffer>, rules: Partial<InstanceRules> = {}) {
    this.#code = new KernelCode(bytes);
    this.#rules = { ...RULES, ...rules };
  }

  /** An instance that nobody else uses until it is given back. */
  take(): KernelInstance<Exports> {
    return this.#idle.pop() ?? new KernelInstance(this.#code, this.#rules, this.#idle);
  }
}
