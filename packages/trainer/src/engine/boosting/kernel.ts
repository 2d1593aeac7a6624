import { KernelInstances } from "../kernel-instance.ts";
import type { KernelInstance } from "../kernel-instance.ts";
import { HEADER_BYTES } from "./header.ts";
import { kernelBytes } from "./kernel-bytes.ts";

/** The functions of kernel/boosting, documented there. Pointers are byte addresses in the memory. */
interface BoostingExports {
  addDigits(codes: number, places: number, radix: number, joint: number, stride: number): void;
  beginTrees(first: number, second: number): void;
  drawCopies(
    left: number,
    step: number,
    numbers: number,
    count: number,
    copies: number,
    slots: number,
    isDrawn: number,
    taken: number,
  ): number;
  findAnswers(booster: number): void;
  growTree(booster: number): number;
  markSample(): void;
  placeColumn(bins: number, order: number, places: number, codes: number): void;
  weighSample(rows: number, taken: number, copyWeight: number, sums: number, weights: number): void;
}

export type BoostingKernel = KernelInstance<BoostingExports>;

export const boostingKernels: KernelInstances<BoostingExports> = new KernelInstances(kernelBytes, {
  headerBytes: HEADER_BYTES,
});
