import picocolors from "picocolors";

/** The part of a stream that the command line writes to. */
export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** The marks of the screen, in Unicode or ASCII. */
export interface Marks {
  readonly done: string;
  readonly failed: string;
  readonly running: string;
  readonly skipped: string;
  readonly warning: string;
  readonly separator: string;
  readonly ellipsis: string;
  readonly barFull: string;
  readonly barEmpty: string;
  /** Corners and sides of a box: top left, top right, bottom left, bottom right, horizontal, vertical. */
  readonly box: readonly [string, string, string, string, string, string];
}

type Colors = ReturnType<typeof picocolors.createColors>;

/** Where people read: results on `out`, warnings and errors on `err`. */
export interface Terminal {
  readonly out: OutputStream;
  readonly err: OutputStream;
  /** Whether lines can be redrawn on `out`. */
  readonly interactive: boolean;
  /** Width to wrap at; Infinity when nobody watches. */
  readonly columns: number;
  readonly marks: Marks;
  /** Colours of `out` and of `err`: none unless it is a terminal. */
  readonly color: Colors;
  readonly errorColor: Colors;
}

const UNICODE: Marks = {
  done: "✓",
  failed: "✗",
  running: "▸",
  skipped: "–",
  warning: "!",
  separator: "·",
  ellipsis: "…",
  barFull: "█",
  barEmpty: "░",
  box: ["┌", "┐", "└", "┘", "─", "│"],
};

const ASCII: Marks = {
  done: "+",
  failed: "x",
  running: ">",
  skipped: "-",
  warning: "!",
  separator: "-",
  ellipsis: "..",
  barFull: "#",
  barEmpty: ".",
  box: ["+", "+", "+", "+", "-", "|"],
};

/** Narrower than this, lines are cut by the terminal anyway. */
const LEAST_COLUMNS = 40;

/** Finds out what the two streams can show. */
export function createTerminal(
  out: OutputStream,
  err: OutputStream,
  environment: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
): Terminal {
  const dumb = environment["TERM"] === "dumb";
  const colorful = !dumb && (environment["NO_COLOR"] ?? "") === "";
  const interactive = out.isTTY === true && !dumb;
  return {
    out,
    err,
    interactive,
    // Windows are resized.
    get columns(): number {
      return interactive ? Math.max(LEAST_COLUMNS, out.columns ?? 80) : Infinity;
    },
    marks: showsUnicode(environment, platform) ? UNICODE : ASCII,
    color: picocolors.createColors(colorful && out.isTTY === true),
    errorColor: picocolors.createColors(colorful && err.isTTY === true),
  };
}

function showsUnicode(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
): boolean {
  const term = environment["TERM"];
  if (term === "dumb" || term === "linux") return false;
  if (platform === "win32") {
    // Windows Terminal, and editors' terminals; the old console has no such marks.
    return environment["WT_SESSION"] !== undefined || term?.startsWith("xterm") === true;
  }
  const locale = environment["LC_ALL"] || environment["LC_CTYPE"] || environment["LANG"] || "";
  return locale === "" || /utf-?8/i.test(locale);
}
