import type { OutputStream } from "../bench-app.ts";
import type { SideProgress } from "../sides/run-side.ts";

const REDRAW_MILLISECONDS = 500;

/** Says what runs: on a terminal one line that is drawn anew with the time and the share, else a line at the start. */
export class ProgressLine {
  readonly #stream: OutputStream;
  #timer: NodeJS.Timeout | undefined;
  #progress: SideProgress = {};

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  start(what: string): void {
    this.end();
    this.#progress = {};
    if (this.#stream.isTTY !== true) {
      this.#stream.write(`${what} ...\n`);
      return;
    }
    const began = performance.now();
    const draw = (): void => {
      const seconds = Math.round((performance.now() - began) / 1000);
      const { share, message } = this.#progress;
      const done = share === undefined ? "" : `, ${Math.round(share * 100)} %`;
      const doing = message === undefined ? "" : `, ${message}`;
      this.#stream.write(`\r\u001B[K${what}: ${seconds} s${done}${doing}`.slice(0, 120));
    };
    draw();
    this.#timer = setInterval(draw, REDRAW_MILLISECONDS);
  }

  update(progress: SideProgress): void {
    this.#progress = progress;
  }

  /** Clears the line. */
  end(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#stream.write("\r\u001B[K");
  }
}
