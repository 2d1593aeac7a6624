import { setImmediate as nextTurn } from "node:timers/promises";
import { Worker } from "node:worker_threads";

import { PipelineError } from "@gillnet/entity";

import { COMMAND, COMMAND_SEARCH, COMMAND_SETTLE, JOB_COUNT, JOINED, THREADS } from "./header.ts";
import type { CrewMemberData } from "./crew-worker.ts";
import type { HistKernel } from "./kernel.ts";

/** Stands at the same depth in src and dist, so this names the built worker from both. */
const MEMBER_URL: URL = new URL("../../../dist/engine/hist/crew-worker.js", import.meta.url);

/** A turn's lowest byte holds how many members take part. */
const MOST_MEMBERS = 255;

/**
 * The threads that work on one fit: this one, which leads, and members that share the kernel's memory. A member takes
 * part from the first command after it is up; until then the others do its share. Results do not depend on it.
 *
 * Members sleep between commands after a short spin. One that dies fails the next command, or the one under way, with
 * TRAINER_WORKER_FAILED. When this thread is ended, so are they.
 */
export class Crew {
  readonly #kernel: HistKernel;
  readonly #workers: readonly Worker[];
  #turn = 0;
  #failure: PipelineError | undefined;
  #closing = false;

  /** @param threads this one included */
  constructor(kernel: HistKernel, threads: number, url: URL = MEMBER_URL) {
    this.#kernel = kernel;
    const { module, memory } = kernel;
    const workerData: CrewMemberData = { module, memory };
    const members = Math.min(threads - 1, MOST_MEMBERS);
    this.#workers = Array.from({ length: members }, () => {
      const worker = new Worker(url, { workerData });
      worker.on("error", (error) => this.#fail(error.message, error));
      worker.on("exit", (code) => this.#fail(`it exited with code ${code}`));
      return worker;
    });
  }

  /** Does a command with all threads that are up. */
  async run(command: number): Promise<void> {
    const { words, ints, exports } = this.#kernel;
    let members = 0;
    if (this.#workers.length > 0) {
      members = Atomics.load(ints, JOINED / 4);
      if (command === COMMAND_SEARCH) members = Math.min(members, (words[JOB_COUNT] as number) - 1);
    }
    words[COMMAND] = command;
    if (command !== COMMAND_SEARCH && command !== COMMAND_SETTLE) words[THREADS] = members + 1;
    this.#turn = ((this.#turn + MOST_MEMBERS + 1) & 0x7fffff00) | members;
    let done = exports.run(this.#turn);
    while (done === 0) {
      await this.rest();
      done = exports.awaitMembers(this.#turn);
    }
  }

  /** Lets this thread hear of members that died. To be called now and then. */
  async rest(): Promise<void> {
    if (this.#workers.length === 0) return;
    await nextTurn();
    if (this.#failure) throw this.#failure;
  }

  /** Ends the members. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #fail(what: string, cause?: unknown): void {
    if (this.#closing) return;
    this.#failure ??= new PipelineError(
      "TRAINER_WORKER_FAILED",
      `A thread of a fit failed: ${what}`,
      {
        hint: "With little memory, lower --jobs or the size of the search",
        ...(cause !== undefined && { cause }),
      },
    );
  }
}
