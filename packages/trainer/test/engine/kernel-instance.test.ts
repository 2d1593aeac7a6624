import { kernelBytes } from "../../src/engine/adaboost/kernel-bytes.ts";
import { adaboostKernels } from "../../src/engine/adaboost/kernel.ts";
import { KernelInstances } from "../../src/engine/kernel-instance.ts";

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

// Each needs more than the tests before it have made the memory grow to.
test.each([
  ["f64", 2 ** 21],
  ["i32", 3 * 2 ** 21],
  ["u32", 2 ** 23],
  ["u8", 5 * 2 ** 23],
] as const)("a %s array may be what the memory grows for", (kind, length) => {
  const kernel = adaboostKernels.take();
  const array = kernel[kind](length);
  array[length - 1] = 7;
  expect(array.at(-1)).toBe(7);
  kernel.giveBack();
});

test("one that is shared may be given back by all who share it", () => {
  const kernel = adaboostKernels.take();
  kernel.giveBack();
  kernel.giveBack();
  expect(adaboostKernels.take()).toBe(kernel);
  const other = adaboostKernels.take();
  expect(other).not.toBe(kernel);
  for (const each of [kernel, other]) each.giveBack();
});

test("a header stays free", () => {
  const kernels = new KernelInstances(kernelBytes, { headerBytes: 48 });
  const kernel = kernels.take();
  expect(kernel.u8(1).byteOffset).toBe(48);
  kernel.words[11] = 5;
  kernel.reals[2] = 0.5;
  kernel.giveBack();
  const again = kernels.take();
  expect(again.u32(1).byteOffset).toBe(48);
  expect(again.words[11]).toBe(5);
  expect(again.reals[2]).toBe(0.5);
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

test("a kernel has no more than 4 GiB, nor than it may have", () => {
  const small = new KernelInstances(kernelBytes, { mostBytes: 2 ** 17 }).take();
  expect(small.u8(2 ** 17).length).toBe(2 ** 17);
  const kernel = adaboostKernels.take();
  for (const reserve of [() => kernel.u8(2 ** 32 + 1), () => small.u8(1)]) {
    expect(reserve).toThrow(expect.objectContaining({ code: "TRAINER_OUT_OF_MEMORY" }));
  }
});

test("what is reserved begins cache lines and is not zeroed", () => {
  const kernel = adaboostKernels.take();
  kernel.reserve(1);
  const start = kernel.reserve(65);
  expect(start % 64).toBe(0);
  expect(kernel.reserve(1)).toBe(start + 128);
  kernel.words[start / 4] = 7;
  kernel.giveBack();
  const again = adaboostKernels.take();
  again.reserve(1);
  expect(again.words[again.reserve(4) / 4]).toBe(7);
});
