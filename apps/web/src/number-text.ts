/** A number for people: 11,055. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** "1 row", "11,055 rows". */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** A share as a percentage with one digit: 95.4. */
export function percent(share: number): string {
  return (share * 100).toFixed(1);
}

/** A bound as a percentage with no more digits than it needs: 50, 12.5. */
export function boundText(share: number): string {
  return String(Number((share * 100).toFixed(2)));
}

/** A probability as a percentage with one digit, never rounded to a certainty that it is not. */
export function probabilityText(probability: number): string {
  if (probability > 0 && probability < 0.001) return "less than 0.1 %";
  if (probability < 1 && probability > 0.999) return "more than 99.9 %";
  return `${percent(probability)} %`;
}

/** "812 bytes", "3.4 kB", "32 MiB": binary above a mebibyte, as the server's limit is. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return counted(bytes, "byte");
  if (bytes < 1_048_576) return `${oneDigit(bytes / 1000)} kB`;
  return `${oneDigit(bytes / 1_048_576)} MiB`;
}

/** "less than 0.1 s", "0.4 s", "12 s", "3 min 20 s". */
export function durationText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 0.1) return "less than 0.1 s";
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function oneDigit(value: number): string {
  return value.toFixed(1).replace(/\.0$/, "");
}
