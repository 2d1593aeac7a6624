const QUOTE = 0x22;

/**
 * The content of a quoted cell: its bytes with every doubled quote made one. Returns `bytes` itself when
 * there are none (`escaped` is false), else a copy.
 */
export function unescapeQuotes(bytes: Buffer, escaped: boolean): Buffer {
  if (!escaped) return bytes;
  const content = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    content[length++] = bytes[i] as number;
    if (bytes[i] === QUOTE) i++;
  }
  return content.subarray(0, length);
}
