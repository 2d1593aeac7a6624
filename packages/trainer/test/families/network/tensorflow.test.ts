import { startFirst, startTensorFlow } from "../../../src/families/network/tensorflow.ts";
import type { TensorFlow } from "../../../src/families/network/tensorflow.ts";

/** The WebAssembly build with another answer to setBackend. */
async function buildThat(setBackend: TensorFlow["setBackend"]): Promise<TensorFlow> {
  const { tf } = await startTensorFlow();
  return { ...tf, setBackend };
}

const webAssembly = async (): Promise<TensorFlow> => (await startTensorFlow()).tf;

test("without the native build it is WebAssembly, and nobody is told", async () => {
  const { tf, notes } = await startFirst(async () => undefined, webAssembly);
  expect(tf.getBackend()).toBe("wasm");
  expect(notes).toEqual([]);
});

test("a native build that works is taken, and said", async () => {
  const asked: string[] = [];
  const native = await buildThat(async (name) => {
    asked.push(name);
    return true;
  });
  const { tf, notes } = await startFirst(async () => native, webAssembly);
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
  const { tf, notes } = await startFirst(loadNative, webAssembly);
  expect(tf.getBackend()).toBe("wasm");
  expect(notes).toEqual([expect.stringMatching(/is installed but does not work, so WebAssembly/)]);
});

test("no build that works is an error", async () => {
  const start = startFirst(
    async () => undefined,
    () => buildThat(async () => false),
  );
  await expect(start).rejects.toMatchObject({ code: "TRAINER_TENSORFLOW_FAILED" });
});

test("it is started once, also by two fits at a time", async () => {
  const [one, other] = await Promise.all([startTensorFlow(), startTensorFlow()]);
  expect(other).toBe(one);
});
