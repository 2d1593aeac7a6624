/** `text` with every occurrence of every secret replaced by "[redacted]". `secrets` stand longest first. */
export function redact(text: string, secrets: readonly string[]): string {
  if (secrets.length === 0) return text;
  // One pass over all of them: one after another, a short secret could cut up an inserted "[redacted]".
  const pattern = secrets.map((secret) => secret.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
  return text.replace(new RegExp(pattern, "g"), "[redacted]");
}
