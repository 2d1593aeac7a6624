import type { Estimate } from "@gillnet/entity";

/** A share as percent with one decimal: 0.958 -> "95.8 %". */
export function formatPercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** A share with its interval: "95.8 % (95.0 to 96.5)". */
export function formatEstimate({ value, low, high }: Estimate): string {
  return `${formatPercent(value)} (${(low * 100).toFixed(1)} to ${(high * 100).toFixed(1)})`;
}

/** A duration: "0.4 s", "1 min 15 s", "2 h 3 min". */
export function formatSeconds(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** A size in bytes: "512 B", "1.2 MB". */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}

/** Lines of at most `width` characters, broken between words; a longer word stays whole. */
export function wrapText(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => wrapParagraph(paragraph, width));
}

function wrapParagraph(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  // Leading blanks (a list inside a message) stay on every line of their paragraph.
  const indent = /^ */.exec(paragraph)?.[0] ?? "";
  let line = indent;
  for (const word of paragraph.trim().split(/\s+/)) {
    if (line !== indent && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line += line === indent ? word : ` ${word}`;
  }
  lines.push(line);
  return lines;
}
