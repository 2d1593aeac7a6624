import { startTensorFlow } from "../../src/families/tensorflow.ts";
import type { TensorFlow } from "../../src/families/tensorflow.ts";

/** The WebAssembly build with another answer to setBackend. */
async function buildThat(setBackend: TensorFlow["setBackend"]): Promise<TensorFlow> {
  const { tf } = await startTensorFlow();
  return { ...tf, setBackend };
}

test("without the native build it is WebAssembly, and nobody is told", async () => {
  const { tf, notes } = await startTensorFlow(async () => undefined);
  expect(tf.getBackend()).toBe("wasm");
  expect(notes).toEqual([]);
});

test("a native build that works is taken, and said", async () => {
  const asked: string[] = [];
  const native = await buildThat(async (name) => {
    asked.push(name);
    return true;
  });
  const { tf, notes } = await startTensorFlow(async () => native);
  expect(tf).toBe(native);
  expect(asked).toEqual(["tensorflow"]);
  expect(notes).toEqual([expect.stringMatching(/fitted by @tensorflow\/tfjs-node/)]);
});

test.each<[string, () => Promise<TensorFlow>]>([
  ["does not load", () => Promise.reject(new RangeError("no such binding"))],
  ["loads and does not start", () => buildThat(async () => false)],
  [
    "starts and does not compute",
    async () => ({
      ...(await buildThat(async () => true)),
      matMul: () => {
        throw new RangeError("isNullOrUndefined is not a function");
      },
    }),
  ],
])("a native build that %s gives way to WebAssembly, and that is said", async (_, loadNative) => {
  const { tf, notes } = await startTensorFlow(loadNative);
  expect(tf.getBackend()).toBe("wasm");
  expect(notes).toEqual([expect.stringMatching(/is installed but does not work, so WebAssembly/)]);
});

test("no build that works is an error", async () => {
  const start = startTensorFlow(
    async () => undefined,
    () => buildThat(async () => false),
  );
  await expect(start).rejects.toMatchObject({ code: "TRAINER_TENSORFLOW_FAILED" });
});
