import { timeSlicer } from "../src/time-slice.ts";

/** Holds the thread for some milliseconds. */
function work(ms: number): void {
  const start = performance.now();
  while (performance.now() - start < ms);
}

test("others get their turn while long work goes on", async () => {
  const pause = timeSlicer(new AbortController().signal);
  let turns = 0;
  const other = setInterval(() => turns++, 0);
  for (let piece = 0; piece < 10; piece++) {
    work(10);
    await pause();
  }
  clearInterval(other);
  expect(turns).toBeGreaterThanOrEqual(5);
});

test("work ends with the reason of the signal", async () => {
  const controller = new AbortController();
  const pause = timeSlicer(controller.signal);
  await pause();
  controller.abort(new Error("left"));
  await expect(pause()).rejects.toThrow("left");
});
