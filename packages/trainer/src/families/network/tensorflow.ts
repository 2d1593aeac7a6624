import { createRequire } from "node:module";

import { PipelineError } from "@gillnet/entity";
import type * as core from "@tensorflow/tfjs-core";

/** The part of TensorFlow.js that all of its builds have. */
export type TensorFlow = typeof core;

/** TensorFlow, ready to compute in this thread. */
export interface StartedTensorFlow {
  readonly tf: TensorFlow;
  /** Sentences for people: which build computes, when it is not the usual one. */
  readonly notes: readonly string[];
}

/** Loads a build; undefined when it is not installed. */
type LoadBuild = () => Promise<TensorFlow | undefined>;

/** Not a dependency of ours: its installation fetches a binary from outside the registry. */
const NATIVE_BUILD = "@tensorflow/tfjs-node";

let started: Promise<StartedTensorFlow> | undefined;

/**
 * Loads TensorFlow.js and starts it, once a thread: the native build where somebody installed it and it works, else
 * WebAssembly on one thread. Nothing of TensorFlow is loaded before the first call.
 *
 * @throws PipelineError TRAINER_TENSORFLOW_FAILED
 */
export function startTensorFlow(): Promise<StartedTensorFlow> {
  // Of two starts at a time TensorFlow gives one up and calls it a failure.
  started ??= startFirst(loadNativeBuild, loadWebAssemblyBuild);
  return started;
}

/** Starts the first of the two builds that works. Errors as of startTensorFlow. */
export async function startFirst(
  loadNative: LoadBuild,
  loadWebAssembly: LoadBuild,
): Promise<StartedTensorFlow> {
  const notes: string[] = [];
  try {
    const tf = await loadNative();
    if (tf !== undefined) {
      await start(tf, "tensorflow");
      notes.push(
        `The neural network was fitted by ${NATIVE_BUILD}: its last digits differ from those of other builds`,
      );
      return { tf, notes };
    }
  } catch (error) {
    notes.push(
      `${NATIVE_BUILD} is installed but does not work, so WebAssembly fitted the neural network: ${firstLine(error)}`,
    );
  }
  try {
    const tf = (await loadWebAssembly()) as TensorFlow;
    await start(tf, "wasm");
    return { tf, notes };
  } catch (error) {
    const message = `TensorFlow.js does not start: ${firstLine(error)}`;
    throw new PipelineError("TRAINER_TENSORFLOW_FAILED", message, {
      hint: "Install the packages again, or leave out the family neural_network",
      cause: error,
    });
  }
}

async function loadNativeBuild(): Promise<TensorFlow | undefined> {
  const require = createRequire(import.meta.url);
  try {
    require.resolve(NATIVE_BUILD);
  } catch {
    return undefined;
  }
  // Not import(), which need not see all that a CommonJS module exports of others.
  return require(NATIVE_BUILD) as TensorFlow;
}

async function loadWebAssemblyBuild(): Promise<TensorFlow> {
  const [tf, { setThreadsCount }] = await Promise.all([
    import("@tensorflow/tfjs-core"),
    import("@tensorflow/tfjs-backend-wasm"),
    // The Node build of the core has no gradients: this package registers them.
    import("@tensorflow/tfjs-layers"),
  ]);
  // The trainer's own threads share the cores already.
  setThreadsCount(1);
  return tf;
}

/** Throws when the backend cannot compute: some builds load in a Node that they do not run in. */
async function start(tf: TensorFlow, backend: string): Promise<void> {
  if (!(await tf.setBackend(backend))) throw new Error(`The backend '${backend}' does not start`);
  tf.tidy(() => tf.matMul(tf.ones([1, 1]), tf.ones([1, 1])).dataSync());
}

function firstLine(error: unknown): string {
  return String(error).split("\n", 1)[0] as string;
}
