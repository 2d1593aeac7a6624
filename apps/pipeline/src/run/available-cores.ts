import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

/** How many threads may run at once: the processor's cores, or fewer where a container's limit says so. */
export function availableCores(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.ceil(readContainerLimit())));
}

/** The processor time that a Linux control group allows, in cores; Infinity when there is no limit. */
function readContainerLimit(): number {
  const [quota, period] = readWords("/sys/fs/cgroup/cpu.max") ?? [
    ...(readWords("/sys/fs/cgroup/cpu/cpu.cfs_quota_us") ?? []),
    ...(readWords("/sys/fs/cgroup/cpu/cpu.cfs_period_us") ?? []),
  ];
  const cores = Number(quota) / Number(period);
  return cores > 0 ? cores : Infinity;
}

function readWords(path: string): string[] | undefined {
  try {
    return readFileSync(path, "utf8").trim().split(/\s+/);
  } catch {
    return undefined;
  }
}
