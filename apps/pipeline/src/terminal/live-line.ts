import type { Terminal } from "./terminal.ts";

/** One line at the bottom of a terminal that is redrawn in place. */
export interface LiveLine {
  /** Shows `text` instead of what is shown. */
  readonly show: (text: string) => void;
  /** Takes the line away, so that others can be written. */
  readonly clear: () => void;
  /** Takes the line away and gives the cursor back. */
  readonly close: () => void;
}

/** A live line on the terminal; one that does nothing where lines cannot be redrawn. */
export async function createLiveLine(terminal: Terminal): Promise<LiveLine> {
  if (!terminal.interactive) {
    const nothing = (): void => undefined;
    return { show: nothing, clear: nothing, close: nothing };
  }
  // Loaded only here: pipes and quick answers do not need it.
  const { createLogUpdate } = await import("log-update");
  const update = createLogUpdate(terminal.out as NodeJS.WriteStream);
  return {
    show: (text) => update(text),
    clear: () => update.clear(),
    close: () => {
      update.clear();
      update.done();
    },
  };
}
