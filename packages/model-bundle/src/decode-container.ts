import type { PipelineError } from "@gillnet/entity";
import { bundleError } from "./bundle-error.ts";
import { canonicalJson } from "./canonical-json.ts";
import { CheckedJson } from "./checked-json.ts";
import {
  alignTo8,
  bundleTooLarge,
  CHECKSUM_OFFSET,
  FORMAT_VERSION,
  HEADER_LENGTH_OFFSET,
  HEADER_OFFSET,
  headerTooLarge,
  MAGIC,
  RESERVED_OFFSET,
  TOTAL_LENGTH_OFFSET,
  VERSION_OFFSET,
} from "./container.ts";
import type { BundleLimits, ContainerKind } from "./container.ts";
import { crc32 } from "./crc32.ts";
import { DTYPES, sizeOf } from "./dtypes.ts";
import type { Dtype } from "./dtypes.ts";

/** Characters in a tensor's name; messages repeat it. */
const MAX_NAME = 80;

/** A tensor in the bytes of a container file, checked to lie inside them. */
export interface TensorView {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Elements, the product of the shape. */
  readonly count: number;
  /** Of its first byte in `Container.bytes`. */
  readonly start: number;
}

/** A container file taken apart; nothing is copied but the header. */
export interface Container {
  readonly kind: ContainerKind;
  readonly members: CheckedJson;
  readonly tensors: ReadonlyMap<string, TensorView>;
  readonly bytes: Uint8Array;
}

/**
 * Takes a container file apart and checks every claim that it makes about itself: magic, version,
 * lengths, checksum, header, and that the tensors fill the rest without a hole. Allocates nothing but
 * the header's values. Reads `bytes` in place.
 *
 * @throws PipelineError BUNDLE_MAGIC, BUNDLE_TOO_SHORT, BUNDLE_TOO_LARGE, BUNDLE_VERSION, BUNDLE_TRUNCATED,
 *   BUNDLE_TRAILING_BYTES, BUNDLE_CHECKSUM, BUNDLE_PADDING, BUNDLE_HEADER_..., BUNDLE_TENSOR_...
 */
export function decodeContainer(bytes: Uint8Array, limits: Required<BundleLimits>): Container {
  const headerLength = checkEnvelope(bytes, limits);
  if (headerLength > limits.maxHeaderBytes) {
    throw headerTooLarge(headerLength, limits.maxHeaderBytes);
  }
  const headerEnd = HEADER_OFFSET + headerLength;
  const dataStart = alignTo8(headerEnd);
  if (dataStart > bytes.length) {
    throw bundleError(
      "BUNDLE_HEADER_LENGTH",
      `The bundle's header claims ${headerLength} bytes, but the file ends after ${bytes.length - HEADER_OFFSET}`,
    );
  }
  const header = parseHeader(bytes.subarray(HEADER_OFFSET, headerEnd));
  checkPadding(bytes, headerEnd, dataStart);
  header.allow("kind", "members", "tensors");
  const kind = header.member("kind").oneOf("bundle", "inputs");
  const tensors = locateTensors(header.member("tensors"), bytes, dataStart);
  return { kind, members: header.member("members"), tensors, bytes };
}

/** The fixed fields before the header. Returns the header's length. */
function checkEnvelope(bytes: Uint8Array, limits: Required<BundleLimits>): number {
  if (MAGIC.some((byte, i) => i < bytes.length && bytes[i] !== byte)) {
    throw bundleError("BUNDLE_MAGIC", "The file is not a model bundle");
  }
  if (bytes.length < HEADER_OFFSET) {
    throw bundleError(
      "BUNDLE_TOO_SHORT",
      `The bundle has ${bytes.length} bytes, fewer than the ${HEADER_OFFSET} of its fixed part`,
    );
  }
  if (bytes.length > limits.maxBytes) throw bundleTooLarge(bytes.length, limits.maxBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(VERSION_OFFSET, true);
  if (version !== FORMAT_VERSION) {
    throw bundleError(
      "BUNDLE_VERSION",
      `The bundle is written in format ${version}, this version of Gillnet reads format ${FORMAT_VERSION}`,
    );
  }
  const total = view.getBigUint64(TOTAL_LENGTH_OFFSET, true);
  if (total > bytes.length) throw truncated(total, bytes.length);
  if (total < bytes.length) throw trailingBytes(bytes.length - Number(total));
  const expected = view.getUint32(CHECKSUM_OFFSET, true);
  const actual = crc32(bytes, TOTAL_LENGTH_OFFSET);
  if (actual !== expected) {
    throw bundleError(
      "BUNDLE_CHECKSUM",
      `The bundle's checksum is ${hex(actual)}, but it says ${hex(expected)}`,
    );
  }
  checkPadding(bytes, RESERVED_OFFSET, HEADER_OFFSET);
  return view.getUint32(HEADER_LENGTH_OFFSET, true);
}

/** The header's value, which must stand there in its one canonical text. */
function parseHeader(bytes: Uint8Array): CheckedJson {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw bundleError("BUNDLE_HEADER_TEXT", "The bundle's header is not UTF-8 text", {
      cause,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw bundleError("BUNDLE_HEADER_JSON", "The bundle's header is not JSON", { cause });
  }
  if (canonicalJson(value) !== text) {
    throw bundleError(
      "BUNDLE_HEADER_CANONICAL",
      "The bundle's header is not in canonical form: sorted keys once each, no white space, shortest numbers",
    );
  }
  return new CheckedJson(value, "BUNDLE_HEADER_MEMBER");
}

/** Every tensor's place. They stand in the order of their names, each at the first multiple of eight. */
function locateTensors(
  list: CheckedJson,
  bytes: Uint8Array,
  dataStart: number,
): ReadonlyMap<string, TensorView> {
  const tensors = new Map<string, TensorView>();
  let end = dataStart;
  let previous = "";
  for (const item of list.items()) {
    item.allow("dtype", "length", "name", "offset", "shape");
    const name = item.member("name").string();
    if (name <= previous || name.length > MAX_NAME) {
      throw bundleError(
        "BUNDLE_TENSOR_NAME",
        `Tensor '${name.slice(0, MAX_NAME)}' must have a name that sorts after '${previous}' and is at most ${MAX_NAME} long`,
      );
    }
    previous = name;
    const dtype = item.member("dtype").string();
    if (!isDtype(dtype)) {
      const known = DTYPES.join(", ");
      throw bundleError(
        "BUNDLE_TENSOR_DTYPE",
        `Tensor '${name}' has the element type '${dtype.slice(0, 80)}', known are ${known}`,
      );
    }
    const shape = item
      .member("shape")
      .items()
      .map((length) => length.integer());
    const count = shape.reduce((product, length) => product * length, 1);
    if (shape.length < 1 || shape.length > 2 || !Number.isSafeInteger(count * 8)) {
      throw bundleError(
        "BUNDLE_TENSOR_SHAPE",
        `Tensor '${name}' has the shape [${shape.slice(0, 4).join(", ")}], allowed are one or two lengths with a product below 2^50`,
      );
    }
    const length = item.member("length").integer();
    if (length !== count * sizeOf(dtype)) {
      throw bundleError(
        "BUNDLE_TENSOR_LENGTH",
        `Tensor '${name}' has ${length} bytes, its shape asks for ${count * sizeOf(dtype)}`,
      );
    }
    const start = dataStart + item.member("offset").integer();
    const expected = alignTo8(end);
    if (start !== expected) {
      throw bundleError(
        start < expected ? "BUNDLE_TENSOR_OVERLAP" : "BUNDLE_TENSOR_HOLE",
        `Tensor '${name}' starts at byte ${start - dataStart} of the data, it must start at ${expected - dataStart}`,
      );
    }
    if (length > bytes.length - start) {
      throw bundleError(
        "BUNDLE_TENSOR_OUT_OF_BOUNDS",
        `Tensor '${name}' ends ${start + length - bytes.length} bytes behind the end of the file`,
      );
    }
    checkPadding(bytes, end, start);
    end = start + length;
    tensors.set(name, { dtype, shape, count, start });
  }
  const total = alignTo8(end);
  if (total > bytes.length) throw truncated(total, bytes.length);
  if (total < bytes.length) throw trailingBytes(bytes.length - total);
  checkPadding(bytes, end, total);
  return tensors;
}

function isDtype(text: string): text is Dtype {
  return (DTYPES as readonly string[]).includes(text);
}

/** Bytes between the parts must be 0: two files that differ there would hold the same model. */
function checkPadding(bytes: Uint8Array, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    if (bytes[i] !== 0) {
      throw bundleError("BUNDLE_PADDING", `Byte ${i} is padding and must be 0, got ${bytes[i]}`);
    }
  }
}

function truncated(expected: bigint | number, actual: number): PipelineError {
  return bundleError(
    "BUNDLE_TRUNCATED",
    `The bundle should have ${expected} bytes, but only ${actual} are there`,
  );
}

function trailingBytes(count: number): PipelineError {
  return bundleError("BUNDLE_TRAILING_BYTES", `The bundle has ${count} bytes behind its end`);
}

function hex(checksum: number): string {
  return checksum.toString(16).padStart(8, "0");
}
