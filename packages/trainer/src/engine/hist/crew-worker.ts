import { workerData } from "node:worker_threads";

// Little is loaded: so a member is soon up, and takes little memory.
import { instantiateKernel } from "./kernel-instance.ts";
import type { WasmMemory, WasmModule } from "../web-assembly.ts";

/** What a member of a crew is given. */
export interface CrewMemberData {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
}

// The entry of a member's thread: it serves until the thread is ended.
const { module, memory } = workerData as CrewMemberData;
instantiateKernel(module, memory).serve();
