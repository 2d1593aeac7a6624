import { createTerminal } from "../../src/terminal/terminal.ts";

const stream = (isTTY: boolean, columns?: number) => ({ isTTY, columns, write: () => true });
const tty = stream(true, 100);
const pipe = stream(false);

test("a terminal has colours, marks and a width; a pipe has marks only", () => {
  const shown = createTerminal(tty, pipe, { LANG: "en_US.UTF-8" }, "linux");
  expect(shown).toMatchObject({ interactive: true, columns: 100 });
  expect(shown.color.red("x")).toContain("\u001B[");
  expect(shown.errorColor.red("x")).toBe("x");
  const piped = createTerminal(pipe, tty, { LANG: "en_US.UTF-8" }, "linux");
  expect(piped).toMatchObject({ interactive: false, columns: Infinity });
  expect(piped.color.red("x")).toBe("x");
  expect(piped.errorColor.red("x")).toContain("\u001B[");
  expect(piped.marks.done).toBe("✓");
});

test("NO_COLOR and a dumb terminal have none", () => {
  expect(createTerminal(tty, tty, { NO_COLOR: "1" }, "linux").color.red("x")).toBe("x");
  expect(createTerminal(tty, tty, { NO_COLOR: "" }, "linux").color.red("x")).not.toBe("x");
  expect(createTerminal(tty, tty, { TERM: "dumb" }, "linux")).toMatchObject({
    interactive: false,
    color: { isColorSupported: false },
  });
});

test.each([
  ["linux", { LANG: "C.UTF-8" }, "✓"],
  ["linux", { LC_ALL: "de_DE.utf8", LANG: "C" }, "✓"],
  ["linux", {}, "✓"],
  ["linux", { LANG: "C" }, "+"],
  ["linux", { LC_ALL: "POSIX", LANG: "en_US.UTF-8" }, "+"],
  ["linux", { TERM: "linux" }, "+"],
  ["win32", {}, "+"],
  ["win32", { WT_SESSION: "1" }, "✓"],
])("%s with %j marks with %s", (platform, environment, mark) => {
  expect(createTerminal(tty, tty, environment, platform).marks.done).toBe(mark);
});

test("the width follows the window, down to a bound", () => {
  const window = { isTTY: true, columns: 100, write: () => true };
  const shown = createTerminal(window, window, {}, "linux");
  window.columns = 60;
  expect(shown.columns).toBe(60);
  window.columns = 5;
  expect(shown.columns).toBe(40);
});
