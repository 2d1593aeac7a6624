import { KernelInstances } from "../kernel-instance.ts";
import type { KernelInstance } from "../kernel-instance.ts";
import { kernelBytes } from "./kernel-bytes.ts";

/** The functions of kernel/adaboost, documented there. Pointers are byte addresses in the memory. */
interface AdaBoostExports {
  castStump(
    rows: number,
    taking: number,
    codes: number,
    stride: number,
    sides: number,
    factors: number,
    answers: number,
    weights: number,
    least: number,
    scores: number,
    total: number,
  ): void;
  countRows(
    rows: number,
    codes: number,
    stride: number,
    groups: number,
    weights: number,
    cells: number,
    plan: number,
    bins: number,
  ): void;
  findSplit(
    count: number,
    columns: number,
    bins: number,
    total: number,
    scratch: number,
    split: number,
    goesLeft: number,
  ): void;
}

export type AdaBoostKernel = KernelInstance<AdaBoostExports>;

export const adaboostKernels: KernelInstances<AdaBoostExports> = new KernelInstances(kernelBytes);
