import { useDeferredValue, useMemo, useState } from "react";
import { answerCsv, answerFileName } from "./answer-csv.ts";
import { AnswerRows } from "./answer-rows.tsx";
import type { AnswerTable } from "./answer-table.ts";
import { arrangeRows, countShown, nextSort, wholeFile } from "./arrange-rows.ts";
import { count, counted, durationText } from "./number-text.ts";
import { RowDialog } from "./row-dialog.tsx";
import { saveFile } from "./save-file.ts";
import { ShownChoice } from "./shown-choice.tsx";
import type { Answered } from "./upload-state.ts";

/** Rows that the table shows at once: browsers do not draw a higher one. */
const MOST_SHOWN = 200_000;

/** The verdict in a sentence, then the rows, to be filtered, sorted and taken away as CSV. */
export function AnswerView(props: {
  readonly answer: Answered;
  readonly warning: string | undefined;
}): React.ReactNode {
  const { table, fileName, milliseconds } = props.answer;
  const [view, setView] = useState(wholeFile);
  const [opened, setOpened] = useState<number | null>(null);
  const counts = useMemo(() => countShown(table), [table]);
  // Typing goes before searching.
  const settled = useDeferredValue(view);
  const rows = useMemo(() => arrangeRows(table, settled), [table, settled]);
  const isFiltered = settled.shown !== "all" || settled.search.trim() !== "";

  return (
    <>
      <h2 className="mt-8 max-w-[75ch] text-large font-semibold break-words">{table.summary}.</h2>
      <p className="mt-1 text-small text-muted break-words">
        {fileName}, answered by {table.model.name}, version {table.model.version}, in{" "}
        {durationText(milliseconds)}.
      </p>
      {props.warning !== undefined && (
        <p className="mt-2 font-semibold text-warning-text">
          <span aria-hidden="true">⚠ </span>Warning. {props.warning}
        </p>
      )}
      <div className="mt-4 flex flex-wrap items-end gap-x-6 gap-y-3">
        <ShownChoice
          classes={table.classes}
          counts={counts}
          shown={view.shown}
          choose={(shown) => setView({ ...view, shown })}
        />
        <label className="block max-w-full flex-1 basis-52">
          <span className="mb-1 block text-small text-muted">Find in rows and problems</span>
          <input
            type="search"
            className="field"
            value={view.search}
            onChange={(event) => setView({ ...view, search: event.target.value })}
          />
        </label>
        <Downloads table={table} fileName={fileName} shownRows={isFiltered ? rows : null} />
      </div>
      <p role="status" className="mt-3 text-small text-muted">
        {shownText(rows.length, table.rowCount, isFiltered)}
      </p>
      {rows.length === 0 ? (
        <p className="mt-2 rounded-card border border-line px-4 py-12 text-center text-muted">
          No row fits. Show all rows, or look for something else.
        </p>
      ) : (
        <AnswerRows
          table={table}
          rows={rows.subarray(0, MOST_SHOWN)}
          sort={settled.sort}
          sortBy={(column) => setView({ ...view, sort: nextSort(view.sort, column) })}
          open={setOpened}
        />
      )}
      {opened !== null && <RowDialog table={table} row={opened} close={() => setOpened(null)} />}
    </>
  );
}

function shownText(shown: number, all: number, isFiltered: boolean): string {
  const rows = isFiltered
    ? `${count(shown)} of ${counted(all, "row")} ${shown === 1 ? "fits" : "fit"}.`
    : `${counted(all, "row")}.`;
  if (shown <= MOST_SHOWN) return rows;
  return `${rows} The table shows the first ${count(MOST_SHOWN)} in its order, the download has all.`;
}

function Downloads(props: {
  readonly table: AnswerTable;
  readonly fileName: string;
  /** null: all rows are shown. */
  readonly shownRows: Int32Array | null;
}): React.ReactNode {
  const { table, shownRows } = props;
  const save = (rows: Int32Array): void =>
    void saveFile(answerFileName(props.fileName), "text/csv", answerCsv(table, rows));
  return (
    <div className="flex flex-wrap gap-2">
      <button
        type="button"
        className="button-first"
        onClick={() => save(Int32Array.from({ length: table.rowCount }, (_, row) => row))}
      >
        Download as CSV
      </button>
      {shownRows !== null && shownRows.length > 0 && (
        <button type="button" className="button" onClick={() => save(shownRows)}>
          Only the {counted(shownRows.length, "row")} that {shownRows.length === 1 ? "fits" : "fit"}
        </button>
      )}
    </div>
  );
}
