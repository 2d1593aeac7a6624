import {
  failureOfAnswer,
  failureOfError,
  RequestFailed,
  unreachable,
  unreadableAnswer,
} from "../src/failure.ts";

function body(error: object): string {
  return JSON.stringify({ error });
}

describe("failureOfAnswer", () => {
  test("takes the API's words", () => {
    const text = body({
      code: "API_CSV_EMPTY",
      message: "The file is empty",
      hint: "Upload rows.",
    });
    expect(failureOfAnswer(400, text)).toEqual({
      code: "API_CSV_EMPTY",
      message: "The file is empty",
      hint: "Upload rows.",
      status: 400,
      missing: [],
      retry: false,
    });
  });

  test("knows the missing columns", () => {
    const missing = [{ column: "age", near: "Age" }];
    const text = body({ code: "API_COLUMNS_MISSING", message: "...", details: { missing } });
    expect(failureOfAnswer(400, text)).toMatchObject({ missing, hint: "" });
  });

  test.each([
    [503, true],
    [500, true],
    [429, true],
    [413, false],
    [406, false],
  ])("status %i may succeed later: %s", (status, retry) => {
    const text = body({ code: "API_X", message: "X" });
    expect(failureOfAnswer(status, text).retry).toBe(retry);
  });

  test.each(["<html>Bad gateway</html>", "", "null", "{}", '{"error":{"code":1}}'])(
    "an answer that is not the API's is said to be so: %s",
    (text) => {
      expect(failureOfAnswer(502, text)).toMatchObject({
        message: "The answer has status 502 and is not in Gillnet's words",
        code: null,
        status: 502,
        retry: true,
      });
    },
  );
});

test("failureOfError takes what an error carries; any other error is an answer not understood", () => {
  expect(failureOfError(new RequestFailed(unreachable))).toBe(unreachable);
  expect(failureOfError(new TypeError("x is undefined"))).toBe(unreadableAnswer);
});
