/** How long a search may start new fits. */
export interface TimeBudget {
  /** The share of it that is spent, 1 and more when time is up; always 0 without a limit. */
  spent(): number;
}

/**
 * Starts the clock.
 *
 * @param seconds null for no limit
 * @param now the time, as the stage's context tells it
 */
export function startTimeBudget(seconds: number | null, now: () => Date): TimeBudget {
  if (seconds === null) return { spent: () => 0 };
  const start = now().getTime();
  return { spent: () => (now().getTime() - start) / (1000 * seconds) };
}
