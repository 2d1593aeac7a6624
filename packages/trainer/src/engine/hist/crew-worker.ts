import { workerData } from "node:worker_threads";

import { instantiateKernel } from "./kernel.ts";
import type { WasmMemory, WasmModule } from "../web-assembly.ts";

/** What a member of a crew is given. */
export interface CrewMemberData {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
}

// The entry of a member's thread: it serves until the thread is ended.
const { module, memory } = workerData as CrewMemberData;
instantiateKernel(module, memory).serve();
