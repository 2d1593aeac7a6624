import { untilAborted } from "../../src/run/until-aborted.ts";

const LONG = 1_000_000;

test("gives what the work gives, or throws what it throws", async () => {
  const { signal } = new AbortController();
  expect(await untilAborted(Promise.resolve(3), signal, LONG)).toBe(3);
  const fault = new Error("fault");
  await expect(untilAborted(Promise.reject(fault), signal, LONG)).rejects.toBe(fault);
});

test("throws the reason when work ends because of the signal, whatever it throws itself", async () => {
  const stop = new AbortController();
  const work = new Promise<never>((_resolve, reject) => {
    stop.signal.addEventListener("abort", () => reject(new Error("torn")));
  });
  const result = untilAborted(work, stop.signal, LONG);
  stop.abort("reason");
  await expect(result).rejects.toBe("reason");
});

test("throws the reason when the signal was aborted before", async () => {
  const stop = new AbortController();
  stop.abort("reason");
  await expect(untilAborted(Promise.resolve(3), stop.signal, LONG)).rejects.toBe("reason");
});

test("leaves work that does not stop to itself", async () => {
  const stop = new AbortController();
  const result = untilAborted(new Promise<never>(() => undefined), stop.signal, 1);
  stop.abort("reason");
  await expect(result).rejects.toBe("reason");
});
