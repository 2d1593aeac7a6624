import { unreachable } from "../src/failure.ts";
import { announcement, jobText, nothingGiven, uploadReducer } from "../src/upload-state.ts";
import type { UploadEvent, UploadState } from "../src/upload-state.ts";
import { tableOf } from "./model-of-test.ts";

const table = tableOf("a\n1\n", [1]);
const started: UploadEvent = { kind: "started", id: 1, fileName: "a.csv" };
const answered: UploadEvent = { kind: "answered", id: 1, table, milliseconds: 420 };

function after(...events: readonly UploadEvent[]): UploadState {
  return events.reduce(uploadReducer, nothingGiven);
}

describe("uploadReducer", () => {
  test("a job starts by sending, goes on, and ends in its answer", () => {
    expect(after(started).job).toEqual({ id: 1, fileName: "a.csv", phase: "sending", share: 0 });
    const predicting = after(started, {
      kind: "progressed",
      id: 1,
      phase: "predicting",
      share: null,
    });
    expect(predicting.job).toMatchObject({ phase: "predicting", share: null });
    expect(uploadReducer(predicting, answered)).toEqual({
      job: null,
      outcome: { kind: "answered", id: 1, fileName: "a.csv", table, milliseconds: 420 },
    });
  });

  test("a failure takes the place of the answer before", () => {
    const { job, outcome } = after(
      started,
      answered,
      { kind: "started", id: 2, fileName: "b.csv" },
      { kind: "failed", id: 2, failure: unreachable },
    );
    expect(job).toBeNull();
    expect(outcome).toEqual({ kind: "failed", id: 2, fileName: "b.csv", failure: unreachable });
  });

  test("a cancelled job leaves the outcome before it", () => {
    const state = after(
      started,
      answered,
      { kind: "started", id: 2, fileName: "b.csv" },
      { kind: "cancelled", id: 2 },
    );
    expect(state).toEqual(after(started, answered));
  });

  test("what a superseded, cancelled or ended job still says is not heard", () => {
    const second = after(started, { kind: "started", id: 2, fileName: "b.csv" });
    const late: readonly UploadEvent[] = [
      { kind: "progressed", id: 1, phase: "receiving", share: 1 },
      answered,
      { kind: "failed", id: 1, failure: unreachable },
      { kind: "cancelled", id: 1 },
    ];
    for (const event of late) {
      expect(uploadReducer(second, event)).toBe(second);
      expect(uploadReducer(nothingGiven, event)).toBe(nothingGiven);
    }
  });
});

test("jobText says what is being done", () => {
  const job = { id: 1, fileName: "a.csv", share: null };
  expect(jobText({ ...job, phase: "sending" })).toBe("Sending a.csv");
  expect(jobText({ ...job, phase: "predicting" })).toBe("Predicting the rows of a.csv");
  expect(jobText({ ...job, phase: "receiving" })).toBe("Receiving the predictions for a.csv");
});

test("announcement says what is being done and what came of it; a failure is an alert of its own", () => {
  expect(announcement(nothingGiven)).toBe("");
  expect(announcement(after(started))).toBe("Sending a.csv.");
  expect(announcement(after(started, answered))).toBe(
    "1 of 2 rows look like churn. Answered in 0.4 s.",
  );
  expect(announcement(after(started, { kind: "failed", id: 1, failure: unreachable }))).toBe("");
});
