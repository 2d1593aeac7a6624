/** Characters that one line may have; the pipeline's longest hold a few thousand. */
const LINE_CHARACTERS = 4_194_304;

/**
 * Cuts text that comes in pieces into lines, at LF alone: JSON may hold the other signs that end a line
 * elsewhere. Gives each line without its end; what is longer than 4 Mi characters is left out.
 */
export function outputLines(take: (line: string) => void): {
  readonly push: (text: string) => void;
  readonly end: () => void;
} {
  let open = "";
  let isTooLong = false;
  const close = (): void => {
    if (!isTooLong && open !== "") take(open);
    open = "";
    isTooLong = false;
  };
  return {
    push: (text) => {
      for (const [index, part] of text.split("\n").entries()) {
        if (index > 0) close();
        isTooLong ||= open.length + part.length > LINE_CHARACTERS;
        open = isTooLong ? "" : open + part;
      }
    },
    end: close,
  };
}
