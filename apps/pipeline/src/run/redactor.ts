import { redact } from "../config/redact.ts";

/** Takes secrets out of a text, or out of every text inside a value; the value itself is not changed. */
export type Redactor = <T>(value: T) => T;

/** `user:password@` of an address, wherever the address came from. */
const CREDENTIALS = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#@"']+@/gi;

/** A redactor for the given secrets, longest first; credentials inside addresses go too. */
export function createRedactor(secrets: readonly string[]): Redactor {
  const redactText = (text: string): string =>
    redact(text, secrets).replace(CREDENTIALS, "$1[redacted]@");
  const redactValue = (value: unknown): unknown => {
    if (typeof value === "string") return redactText(value);
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map(redactValue);
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [redactText(name), redactValue(member)]),
    );
  };
  return <T>(value: T): T => redactValue(value) as T;
}
