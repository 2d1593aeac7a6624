import type { PipelineError } from "@gillnet/entity";
import { bundleError } from "./bundle-error.ts";
import { canonicalJson } from "./canonical-json.ts";
import { crc32 } from "./crc32.ts";
import { sizeOf, writeElements } from "./dtypes.ts";
import type { Dtype } from "./dtypes.ts";

/** "GLN" between a byte that no text holds and line ends that a transfer in text mode would change. */
export const MAGIC: Uint8Array = Uint8Array.of(0x89, 0x47, 0x4c, 0x4e, 0x0d, 0x0a, 0x1a, 0x0a);

export const FORMAT_VERSION = 1;

/** Where the fixed fields of a file stand; docs/bundle-format.md draws them. */
export const VERSION_OFFSET = 8;
export const CHECKSUM_OFFSET = 12;
/** The checksum covers every byte from here on. */
export const TOTAL_LENGTH_OFFSET = 16;
export const HEADER_LENGTH_OFFSET = 24;
export const RESERVED_OFFSET = 28;
export const HEADER_OFFSET = 32;

/** What a container file holds: a whole model, or the fitted inputs alone. */
export type ContainerKind = "bundle" | "inputs";

/** One tensor to write. */
export interface TensorData {
  readonly name: string;
  readonly dtype: Dtype;
  /** One or two lengths; row-major. */
  readonly shape: readonly number[];
  /** As many as the shape says, each one a value of `dtype`. */
  readonly values: ArrayLike<number>;
}

/** How large a file may be. */
export interface BundleLimits {
  /** Bytes of the file; default 1 GiB. */
  readonly maxBytes?: number;
  /** Bytes of its JSON header; default 16 MiB. */
  readonly maxHeaderBytes?: number;
  /** Bytes of the arrays that it unpacks into; default 4 GiB. */
  readonly maxUnpackedBytes?: number;
}

export const DEFAULT_LIMITS: Required<BundleLimits> = {
  maxBytes: 2 ** 30,
  maxHeaderBytes: 2 ** 24,
  maxUnpackedBytes: 2 ** 32,
};

/** The next multiple of eight. */
export function alignTo8(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}

/**
 * Writes a container file: the same kind, members and tensors give the same bytes, in whatever order
 * the tensors come.
 *
 * @param members plain values for the JSON header; every number finite.
 * @throws PipelineError BUNDLE_HEADER_MEMBER, BUNDLE_TOO_LARGE or BUNDLE_HEADER_TOO_LARGE past the default limits.
 */
export function encodeContainer(
  kind: ContainerKind,
  members: Readonly<Record<string, unknown>>,
  tensors: readonly TensorData[],
): Uint8Array {
  const sorted = tensors.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  let end = 0;
  const listed = sorted.map(({ name, dtype, shape, values }) => {
    const offset = alignTo8(end);
    const length = values.length * sizeOf(dtype);
    end = offset + length;
    return { name, dtype, shape, offset, length };
  });
  const header = new TextEncoder().encode(canonicalJson({ kind, members, tensors: listed }));
  const dataStart = HEADER_OFFSET + alignTo8(header.length);
  const total = dataStart + alignTo8(end);
  if (header.length > DEFAULT_LIMITS.maxHeaderBytes) {
    throw headerTooLarge(header.length, DEFAULT_LIMITS.maxHeaderBytes);
  }
  if (total > DEFAULT_LIMITS.maxBytes) throw bundleTooLarge(total, DEFAULT_LIMITS.maxBytes);

  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(VERSION_OFFSET, FORMAT_VERSION, true);
  view.setBigUint64(TOTAL_LENGTH_OFFSET, BigInt(total), true);
  view.setUint32(HEADER_LENGTH_OFFSET, header.length, true);
  bytes.set(header, HEADER_OFFSET);
  for (const [i, { dtype, values }] of sorted.entries()) {
    writeElements(bytes, dataStart + (listed[i] as { offset: number }).offset, dtype, values);
  }
  view.setUint32(CHECKSUM_OFFSET, crc32(bytes, TOTAL_LENGTH_OFFSET), true);
  return bytes;
}

/** The error of a file past its limit. */
export function bundleTooLarge(bytes: number, limit: number): PipelineError {
  return bundleError(
    "BUNDLE_TOO_LARGE",
    `The bundle has ${bytes} bytes, more than the limit of ${limit}`,
    {
      details: { bytes, limit },
    },
  );
}

/** The error of a header past its limit. */
export function headerTooLarge(bytes: number, limit: number): PipelineError {
  return bundleError(
    "BUNDLE_HEADER_TOO_LARGE",
    `The bundle's header has ${bytes} bytes, more than the limit of ${limit}`,
    {
      details: { bytes, limit },
    },
  );
}
