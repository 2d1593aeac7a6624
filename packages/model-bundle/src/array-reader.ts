import type { PipelineError } from "@gillnet/entity";
import { bundleError } from "./bundle-error.ts";
import type { Container, TensorView } from "./decode-container.ts";
import { readElements, sizeOf } from "./dtypes.ts";
import type { TensorArray } from "./dtypes.ts";
import { chooseForm, integerDtype } from "./pack-array.ts";
import type { IntegerArray } from "./pack-array.ts";

/** A constructor of typed arrays, by their length. */
type ArrayOf<T> = { new (length: number): T; readonly BYTES_PER_ELEMENT: number };

/**
 * Unpacks what pack-array.ts packs, into arrays of their own, once each. Refuses every form but the one
 * that the packer would have chosen, so that a model has one file.
 */
export class ArrayReader {
  readonly #container: Container;
  readonly #unread: Set<string>;
  #allowance: number;

  /** @param maxUnpackedBytes how many bytes the arrays may take, all together. */
  constructor(container: Container, maxUnpackedBytes: number) {
    this.#container = container;
    this.#unread = new Set(container.tensors.keys());
    this.#allowance = maxUnpackedBytes;
  }

  /** Whether anything is stored under `name`. */
  has(name: string): boolean {
    return this.#unread.has(name);
  }

  /**
   * The integers stored as `name`.
   *
   * @param length how many there must be; undefined when any number may be.
   */
  integers<T extends IntegerArray>(type: ArrayOf<T>, name: string, length?: number): T {
    const tensor = this.#take(name);
    checkShape(name, tensor, length === undefined ? undefined : [length]);
    if (tensor.dtype === "f64") throw wrongForm(name, "integers");
    const values = this.zeros(type, tensor.count);
    this.#copy(name, tensor, values);
    if (integerDtype(values) !== tensor.dtype) throw wrongForm(name, "the narrowest type");
    return values;
  }

  /** The integers stored as `name`, or `length` zeros when nothing is: only then may nothing be stored. */
  integersOrZeros<T extends IntegerArray>(type: ArrayOf<T>, name: string, length: number): T {
    if (!this.has(name)) return this.zeros(type, length);
    const values = this.integers(type, name, length);
    if (values.every((each) => each === 0)) throw wrongForm(name, "nothing at all");
    return values;
  }

  /**
   * The doubles stored as `name`, or as its table and index.
   *
   * @param shape what theirs must be; undefined when it may be any one length.
   */
  doubles(name: string, shape?: readonly number[]): Float64Array {
    if (this.has(`${name}.index`)) return this.#doublesByTable(name, shape);
    const tensor = this.#take(name);
    checkShape(name, tensor, shape);
    const values = this.zeros(Float64Array, tensor.count);
    this.#copy(name, tensor, values);
    const form = chooseForm(values);
    if (form.kind === "table" || (form.kind === "integers" ? form.dtype : "f64") !== tensor.dtype) {
      throw wrongForm(name, "the smallest form");
    }
    return values;
  }

  /** The doubles stored as `name`, or `length` zeros when nothing is: only then may nothing be stored. */
  doublesOrZeros(name: string, length: number): Float64Array {
    if (!this.has(name) && !this.has(`${name}.index`)) {
      return this.zeros(Float64Array, length);
    }
    const values = this.doubles(name, [length]);
    if (values.every((each) => Object.is(each, 0))) throw wrongForm(name, "nothing at all");
    return values;
  }

  /** Refuses a file that holds tensors which nobody asked for. */
  finish(): void {
    for (const name of this.#unread) {
      throw bundleError(
        "BUNDLE_TENSOR_UNKNOWN",
        `The bundle holds a tensor '${name}' that its model has no use for`,
      );
    }
  }

  #doublesByTable(name: string, shape: readonly number[] | undefined): Float64Array {
    const tableName = `${name}.table`;
    const indexName = `${name}.index`;
    const tableTensor = this.#take(tableName);
    const indexTensor = this.#take(indexName);
    checkShape(tableName, tableTensor, undefined);
    checkShape(indexName, indexTensor, shape);
    const table = this.zeros(Float64Array, tableTensor.count);
    this.#copy(tableName, tableTensor, table);
    const last = table.length - 1;
    for (let i = 0; i <= last; i++) {
      const value = table[i] as number;
      const ascends = i === 0 || value > (table[i - 1] as number);
      if (!ascends && !(i === last && Number.isNaN(value))) throw wrongValue(tableName, value, i);
    }
    const places = this.zeros(Uint32Array, indexTensor.count);
    this.#copy(indexName, indexTensor, places);
    const values = this.zeros(Float64Array, indexTensor.count);
    for (let i = 0; i < values.length; i++) {
      const place = places[i] as number;
      if (place > last) throw wrongValue(indexName, place, i);
      values[i] = table[place] as number;
    }
    const form = chooseForm(values);
    if (
      form.kind !== "table" ||
      form.table.length !== table.length ||
      form.indexDtype !== indexTensor.dtype ||
      tableTensor.dtype !== "f64"
    ) {
      throw wrongForm(name, "the smallest form");
    }
    return values;
  }

  #take(name: string): TensorView {
    const tensor = this.#container.tensors.get(name);
    if (tensor === undefined || !this.#unread.delete(name)) {
      throw bundleError("BUNDLE_TENSOR_MISSING", `The bundle lacks the tensor '${name}'`);
    }
    return tensor;
  }

  /** A new array, counted before it is asked for, so that a small file cannot claim all memory. */
  zeros<T>(type: ArrayOf<T>, length: number): T {
    this.#allowance -= length * type.BYTES_PER_ELEMENT;
    if (this.#allowance < 0) {
      throw bundleError(
        "BUNDLE_TOO_LARGE",
        `The bundle unpacks into ${-this.#allowance} bytes more than the limit`,
      );
    }
    return new type(length);
  }

  /** Copies a tensor's elements. */
  #copy(name: string, { dtype, start }: TensorView, target: TensorArray): void {
    const { bytes } = this.#container;
    const wrong = readElements(bytes, start, dtype, target);
    if (wrong === -1) return;
    const one = new Float64Array(1);
    readElements(bytes, start + wrong * sizeOf(dtype), dtype, one);
    throw wrongValue(name, one[0] as number, wrong);
  }
}

function checkShape(
  name: string,
  tensor: TensorView,
  expected: readonly number[] | undefined,
): void {
  const fits =
    expected === undefined
      ? tensor.shape.length === 1
      : tensor.shape.length === expected.length &&
        tensor.shape.every((length, i) => length === expected[i]);
  if (!fits) {
    throw bundleError(
      "BUNDLE_TENSOR_SHAPE",
      `Tensor '${name}' has the shape [${tensor.shape.join(", ")}], it must be ${expected === undefined ? "one length" : `[${expected.join(", ")}]`}`,
    );
  }
}

function wrongValue(name: string, value: number, index: number): PipelineError {
  return bundleError(
    "BUNDLE_TENSOR_VALUE",
    `Tensor '${name}' holds ${value} at ${index}, which cannot stand there`,
  );
}

function wrongForm(name: string, expected: string): PipelineError {
  return bundleError(
    "BUNDLE_TENSOR_FORM",
    `Tensor '${name}' must be stored as ${expected}: a model has one canonical file`,
  );
}
