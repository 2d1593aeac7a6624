import winston from "winston";

/** What the API needs of a logger; winston's fits. */
export interface ApiLogger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): unknown;
  info(message: string, fields?: Readonly<Record<string, unknown>>): unknown;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): unknown;
  error(message: string, fields?: Readonly<Record<string, unknown>>): unknown;
}

export interface LoggerOptions {
  readonly level: string;
  /** One JSON object a line, or one line for people. */
  readonly format: "json" | "plain";
}

/** The server's logger: one line an event, on standard error. */
export function createLogger(options: LoggerOptions): ApiLogger {
  const { combine, json, printf, timestamp } = winston.format;
  return winston.createLogger({
    level: options.level,
    format: combine(timestamp(), options.format === "json" ? json() : printf(plainLine)),
    transports: [new winston.transports.Stream({ stream: process.stderr })],
  });
}

/** `12:34:56 info  POST /predict 200 31.2 ms requestId=...`; fields as JSON, so that no value breaks the line. */
function plainLine(info: winston.Logform.TransformableInfo): string {
  const { timestamp, level, message, ...fields } = info;
  const tail = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        ` ${name}=${typeof value === "string" && /^[\w:.,/-]+$/.test(value) ? value : JSON.stringify(value)}`,
    )
    .join("");
  return `${String(timestamp).slice(11, 19)} ${level.padEnd(5)} ${String(message)}${tail}`;
}
