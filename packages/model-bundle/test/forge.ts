import {
  CHECKSUM_OFFSET,
  DEFAULT_LIMITS,
  HEADER_LENGTH_OFFSET,
  HEADER_OFFSET,
  TOTAL_LENGTH_OFFSET,
} from "../src/container.ts";
import { crc32 } from "../src/crc32.ts";
import { decodeContainer } from "../src/decode-container.ts";

/** A header as JSON gives it; tests change what they like. */
export interface ForgedHeader {
  kind: string;
  members: Record<string, unknown>;
  tensors: { name: string; dtype: string; shape: number[]; offset: number; length: number }[];
}

/** The header and the bytes behind it of a valid file, as copies. */
export function takeApart(bytes: Uint8Array): { header: ForgedHeader; data: Uint8Array } {
  decodeContainer(bytes, DEFAULT_LIMITS);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(HEADER_LENGTH_OFFSET, true);
  const end = HEADER_OFFSET + length;
  const text = new TextDecoder().decode(bytes.subarray(HEADER_OFFSET, end));
  return {
    header: JSON.parse(text) as ForgedHeader,
    data: bytes.slice(Math.ceil(end / 8) * 8),
  };
}

/** A file with the given header text and data, its lengths and checksum right whatever they say. */
export function forge(header: string | Uint8Array, data: Uint8Array): Uint8Array {
  const text = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const dataStart = Math.ceil((HEADER_OFFSET + text.length) / 8) * 8;
  const bytes = new Uint8Array(dataStart + data.length);
  bytes.set([0x89, 0x47, 0x4c, 0x4e, 0x0d, 0x0a, 0x1a, 0x0a]);
  const view = new DataView(bytes.buffer);
  view.setUint32(8, 1, true);
  view.setBigUint64(TOTAL_LENGTH_OFFSET, BigInt(bytes.length), true);
  view.setUint32(HEADER_LENGTH_OFFSET, text.length, true);
  bytes.set(text, HEADER_OFFSET);
  bytes.set(data, dataStart);
  return sign(bytes);
}

/** Sets the checksum to that of the rest, in place. */
export function sign(bytes: Uint8Array): Uint8Array {
  if (bytes.length >= HEADER_OFFSET) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    view.setUint32(CHECKSUM_OFFSET, crc32(bytes, TOTAL_LENGTH_OFFSET), true);
  }
  return bytes;
}
