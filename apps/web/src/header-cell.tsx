import type { Sort, SortColumn } from "./arrange-rows.ts";
import type { FocusStop } from "./use-roving-focus.ts";

/** A column's name, that sorts the rows by it. */
export function HeaderCell(props: {
  readonly title: string;
  readonly column: SortColumn;
  /** From 0. */
  readonly columnIndex: number;
  readonly width: number;
  /** Pixels to leave before it. */
  readonly gap: number;
  /** Pixels from the left where it stays in a wide window; null: it does not. */
  readonly stuckAt: number | null;
  readonly isNumber: boolean;
  readonly sort: Sort;
  readonly sortBy: (column: SortColumn) => void;
  readonly stop: FocusStop;
}): React.ReactNode {
  const { title, sort, column, stuckAt } = props;
  const isSorted = sort.column === column;
  const direction = sort.descending ? "descending" : "ascending";
  return (
    <th
      role="columnheader"
      scope="col"
      aria-colindex={props.columnIndex + 1}
      aria-sort={isSorted ? direction : "none"}
      className={`flex-none ${stuckAt === null ? "" : "z-10 bg-surface md:sticky"}`}
      style={{ width: props.width, marginLeft: props.gap, left: stuckAt ?? undefined }}
    >
      <button
        type="button"
        title={title}
        className={`flex h-full w-full cursor-pointer items-center gap-1 px-3 font-semibold hover:text-accent focus-visible:-outline-offset-3 ${props.isNumber ? "justify-end" : ""}`}
        onClick={() => props.sortBy(column)}
        {...props.stop}
      >
        <span className="truncate">{title === "" ? "(no name)" : title}</span>
        <span aria-hidden="true" className={`flex-none text-accent ${isSorted ? "" : "invisible"}`}>
          {sort.descending ? "↓" : "↑"}
        </span>
      </button>
    </th>
  );
}
