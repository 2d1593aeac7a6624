import { readFileSync } from "node:fs";

/**
 * The most memory that this process has held, in MiB. From Linux's own account where there is one: maxRSS counts what
 * the process was forked from as well.
 */
export function peakMegabytes(): number {
  try {
    const kilobytes = /^VmHWM:\s*(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) / 1024;
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS / 1024;
}
