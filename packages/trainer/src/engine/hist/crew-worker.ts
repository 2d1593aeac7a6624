import { workerData } from "node:worker_threads";

// Little is loaded: so a member is soon up, and takes little memory.
import { instantiate } from "../web-assembly.ts";
import type { WasmMemory, WasmModule } from "../web-assembly.ts";
import type { HistExports } from "./kernel.ts";

/** What a member of a crew is given. */
export interface CrewMemberData {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
}

// The entry of a member's thread: it serves until the thread is ended.
const { module, memory } = workerData as CrewMemberData;
(instantiate(module, memory) as HistExports).serve();
