import type { VirtualItem } from "@tanstack/react-virtual";
import { POSITIVE, problemsOfRow } from "./answer-table.ts";
import type { AnswerTable } from "./answer-table.ts";
import { cellsOfRow } from "./csv-index.ts";
import { count } from "./number-text.ts";
import { problemsText } from "./problem-words.ts";
import type { AnswerColumn } from "./table-columns.ts";
import type { FocusStop } from "./use-roving-focus.ts";
import { Verdict } from "./verdict.tsx";

/** Characters of a cell that the table shows; the row's dialog and the CSV have them all. */
const SHOWN_CHARACTERS = 200;

/** A row of the answer; a click anywhere on it opens it, its number is the button for keys. */
export function AnswerRow(props: {
  readonly table: AnswerTable;
  readonly row: number;
  /** Among the rows that are shown. */
  readonly position: number;
  readonly top: number;
  readonly height: number;
  readonly own: readonly AnswerColumn[];
  /** The file's columns in sight, and the pixels to leave before each. */
  readonly drawn: readonly VirtualItem[];
  readonly gaps: readonly number[];
  readonly stop: FocusStop;
  readonly open: (row: number) => void;
}): React.ReactNode {
  const { table, row, own, drawn, gaps } = props;
  const cells = cellsOfRow(table.csv, row);
  let left = 0;
  return (
    <tr
      role="row"
      aria-rowindex={props.position + 2}
      className="group absolute top-0 left-0 flex w-full cursor-pointer border-b border-line bg-background hover:bg-surface"
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
      onClick={() => {
        // Who marks text to copy it does not mean to open the row.
        if (getSelection()?.isCollapsed !== false) props.open(row);
      }}
    >
      {own.map(({ key, width, isStuck, isNumber }, index) => {
        const style = { width, left };
        left += width;
        return (
          <td
            key={key}
            role="cell"
            aria-colindex={index + 1}
            className={`flex flex-none items-center px-3 ${isNumber ? "justify-end" : ""} ${isStuck ? "z-10 bg-background group-hover:bg-surface md:sticky" : ""}`}
            style={style}
          >
            <OwnCell table={table} row={row} column={key} stop={props.stop} />
          </td>
        );
      })}
      {drawn.map(({ index, size }, position) => (
        <td
          key={index}
          role="cell"
          aria-colindex={own.length + index + 1}
          className="flex-none truncate px-3 leading-9"
          style={{ width: size, marginLeft: gaps[position] }}
        >
          {(cells[index] as string).slice(0, SHOWN_CHARACTERS)}
        </td>
      ))}
    </tr>
  );
}

function OwnCell(props: {
  readonly table: AnswerTable;
  readonly row: number;
  readonly column: AnswerColumn["key"];
  readonly stop: FocusStop;
}): React.ReactNode {
  const { table, row, column } = props;
  const verdict = table.verdict[row] as number;
  if (column === "row") {
    return (
      <button
        type="button"
        aria-label={`Open row ${count(row + 1)}`}
        aria-haspopup="dialog"
        className="-mx-1 cursor-pointer px-1 text-accent underline underline-offset-2"
        {...props.stop}
      >
        {count(row + 1)}
      </button>
    );
  }
  if (column === "prediction") {
    return (
      <span className="truncate">
        <Verdict classes={table.classes} verdict={verdict} />
      </span>
    );
  }
  if (column === "probability") {
    const probability = table.probability[row] as number;
    return <Probability value={probability} isPositive={verdict === POSITIVE} />;
  }
  return <Problems table={table} row={row} />;
}

/** The number as the CSV has it, to four digits, and a bar beside; a phone shows the number at least. */
function Probability(props: {
  readonly value: number;
  readonly isPositive: boolean;
}): React.ReactNode {
  const { value } = props;
  if (Number.isNaN(value)) return <span className="text-muted">–</span>;
  return (
    <>
      {value.toFixed(4)}
      <span aria-hidden="true" className="ml-3 h-1.5 w-12 flex-none rounded-full bg-line">
        <span
          className={`block h-full rounded-full ${props.isPositive ? "bg-positive" : "bg-negative"}`}
          style={{ width: `${value * 100}%` }}
        />
      </span>
    </>
  );
}

function Problems(props: { readonly table: AnswerTable; readonly row: number }): React.ReactNode {
  const problems = problemsOfRow(props.table, props.row);
  if (problems.length === 0) return null;
  const isFatal = problems.some((problem) => problem.fatal);
  return (
    <span className="truncate">
      <span aria-hidden="true">{isFatal ? "✕ " : "⚠ "}</span>
      <span className="sr-only">{isFatal ? "Error: " : "Warning: "}</span>
      {problemsText(problems)}
    </span>
  );
}
