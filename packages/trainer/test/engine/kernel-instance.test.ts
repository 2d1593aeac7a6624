import { adaboostKernels } from "../../src/engine/adaboost/kernel.ts";

test("arrays are apart from each other, aligned, and cleared in the next use", () => {
  const kernel = adaboostKernels.take();
  const bytes = kernel.u8(3).fill(7);
  const numbers = kernel.f64(20_000).fill(7);
  const integers = kernel.i32(5).fill(7);
  expect(numbers.byteOffset % 16).toBe(0);
  expect(integers.byteOffset).toBeGreaterThanOrEqual(numbers.byteOffset + numbers.byteLength);
  expect(numbers.byteOffset).toBeGreaterThanOrEqual(bytes.byteOffset + bytes.byteLength);
  kernel.giveBack();
  const again = adaboostKernels.take();
  expect(again).toBe(kernel);
  expect(again.f64(20_000).every((value) => value === 0)).toBe(true);
  again.giveBack();
});

test("arrays stay good when the memory grows", () => {
  const kernel = adaboostKernels.take();
  const before = kernel.i32(4).fill(7);
  const large = kernel.f64(2 ** 19);
  expect(Array.from(before)).toEqual([7, 7, 7, 7]);
  expect(large.length).toBe(2 ** 19);
  expect(large[2 ** 19 - 1]).toBe(0);
  kernel.giveBack();
});

test("two that are in use are apart", () => {
  const kernels = [adaboostKernels.take(), adaboostKernels.take()];
  expect(kernels[0]).not.toBe(kernels[1]);
  for (const kernel of kernels) kernel.giveBack();
});

test("one that has grown large is not kept", () => {
  const kernel = adaboostKernels.take();
  kernel.u8(2 ** 26 + 1);
  kernel.giveBack();
  expect(adaboostKernels.take()).not.toBe(kernel);
});

test("a kernel has no more than 4 GiB", () => {
  const kernel = adaboostKernels.take();
  expect(() => kernel.u8(2 ** 32 + 1)).toThrow(
    expect.objectContaining({ code: "TRAINER_OUT_OF_MEMORY" }),
  );
});
