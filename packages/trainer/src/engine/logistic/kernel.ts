import { KernelInstances } from "../kernel-instance.ts";
import type { KernelInstance } from "../kernel-instance.ts";
import { kernelBytes } from "./kernel-bytes.ts";

/** The functions of kernel/logistic, documented there. Pointers are byte addresses in the memory. */
interface LogisticExports {
  fillNumbers(
    table: number,
    cols: number,
    column: number,
    list: number,
    count: number,
    center: number,
    scale: number,
    inputs: number,
    width: number,
  ): void;
  findLosses(
    rows: number,
    margins: number,
    sums: number,
    weights: number,
    totalWeight: number,
    curvatures: number,
  ): number;
  findMoments(
    table: number,
    cols: number,
    column: number,
    list: number,
    count: number,
    weights: number,
    moments: number,
  ): void;
  multiplyRows(
    rows: number,
    width: number,
    inputs: number,
    parameters: number,
    margins: number,
  ): void;
  solve(n: number, width: number, matrix: number, solution: number): number;
  sumInputs(rows: number, width: number, inputs: number, amounts: number, sums: number): void;
  sumSquares(
    rows: number,
    width: number,
    inputs: number,
    weights: number,
    scratch: number,
    matrix: number,
  ): void;
}

export type LogisticKernel = KernelInstance<LogisticExports>;

export const logisticKernels: KernelInstances<LogisticExports> = new KernelInstances(kernelBytes);
