/// <reference path="./web-assembly.d.ts" />
import { workerData } from "node:worker_threads";

import { instantiateKernel } from "./kernel.ts";

/** What a member of a crew is given. */
export interface CrewMemberData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
}

// The entry of a member's thread: it serves until the thread is ended.
const { module, memory } = workerData as CrewMemberData;
instantiateKernel(module, memory).serve();
