/**
 * The result of `work`; once `signal` is aborted, its reason instead. Work that goes on in spite of
 * the signal is waited for `graceMilliseconds` and then left to itself.
 */
export async function untilAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
  graceMilliseconds: number,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let stop: () => void = () => undefined;
  const givenUp = new Promise<void>((resolve) => {
    stop = () => {
      timer = setTimeout(resolve, graceMilliseconds);
    };
  });
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop, { once: true });
  const settled = work.then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([settled, givenUp]);
  clearTimeout(timer);
  signal.removeEventListener("abort", stop);
  if (signal.aborted) throw signal.reason;
  return work;
}
