import { useVirtualizer } from "@tanstack/react-virtual";
import type { VirtualItem } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { AnswerRow } from "./answer-row.tsx";
import type { AnswerTable } from "./answer-table.ts";
import type { Sort, SortColumn } from "./arrange-rows.ts";
import { HeaderCell } from "./header-cell.tsx";
import { answerColumns, fileColumnWidths } from "./table-columns.ts";
import { useRovingFocus } from "./use-roving-focus.ts";

const ROW_HEIGHT = 36;
const HEADER_HEIGHT = 40;

/**
 * The rows in the order given, of which only those in sight are drawn; the same for the file's columns.
 * One tab stop in the header and one in the rows; arrow keys move from there.
 */
export function AnswerRows(props: {
  readonly table: AnswerTable;
  readonly rows: Int32Array;
  readonly sort: Sort;
  readonly sortBy: (column: SortColumn) => void;
  readonly open: (row: number) => void;
}): React.ReactNode {
  const { table, rows, sort, sortBy, open } = props;
  const scrollRef = useRef<HTMLDivElement>(null);
  const own = useMemo(() => answerColumns(table), [table]);
  const fileWidths = useMemo(() => fileColumnWidths(table.csv), [table]);
  const ownWidth = own.reduce((sum, { width }) => sum + width, 0);
  const columnCount = own.length + fileWidths.length;

  const rowFocus = useRovingFocus({
    scrollRef,
    kind: "row",
    count: rows.length,
    alwaysDrawn: 0,
    scrollTo: (index) => rowWindow.scrollToIndex(index),
  });
  const columnFocus = useRovingFocus({
    scrollRef,
    kind: "column",
    count: columnCount,
    alwaysDrawn: own.length,
    scrollTo: (index) => {
      if (index < own.length) scrollRef.current?.scrollTo({ left: 0 });
      else columnWindow.scrollToIndex(index - own.length);
    },
  });
  const rowWindow = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    // The header covers as much of the scrolled area.
    scrollPaddingEnd: HEADER_HEIGHT,
    rangeExtractor: rowFocus.extractRange,
    useFlushSync: false,
  });
  const columnWindow = useVirtualizer({
    count: fileWidths.length,
    horizontal: true,
    getScrollElement: () => scrollRef.current,
    estimateSize: (index) => fileWidths[index] as number,
    overscan: 3,
    paddingStart: ownWidth,
    scrollPaddingStart: ownWidth,
    rangeExtractor: columnFocus.extractRange,
    useFlushSync: false,
  });
  const drawn = columnWindow.getVirtualItems();
  const gaps = gapsBetween(drawn, ownWidth);

  return (
    <div
      ref={scrollRef}
      role="region"
      aria-label="Rows with their predictions"
      className="relative mt-2 max-h-[min(44rem,80dvh)] overflow-auto overscroll-x-contain rounded-card border border-line"
    >
      <table
        role="table"
        aria-rowcount={rows.length + 1}
        aria-colcount={columnCount}
        className="block text-small"
        style={{ width: columnWindow.getTotalSize() }}
      >
        <caption className="sr-only">
          Arrow keys move between the rows, and between the headers. Enter opens a row, or sorts by
          a column.
        </caption>
        <thead
          role="rowgroup"
          className="sticky top-0 z-20 block"
          onKeyDown={columnFocus.onKeyDown}
        >
          <tr
            role="row"
            aria-rowindex={1}
            className="flex border-b border-line bg-surface"
            style={{ height: HEADER_HEIGHT }}
          >
            {own.map((column, index) => (
              <HeaderCell
                key={column.key}
                title={column.title}
                column={column.key}
                columnIndex={index}
                width={column.width}
                gap={0}
                stuckAt={column.isStuck ? leftOf(own, index) : null}
                isNumber={column.isNumber}
                sort={sort}
                sortBy={sortBy}
                stop={columnFocus.stopOf(index)}
              />
            ))}
            {drawn.map(({ index, size }, position) => (
              <HeaderCell
                key={index}
                title={table.csv.header[index] as string}
                column={index}
                columnIndex={own.length + index}
                width={size}
                gap={gaps[position] as number}
                stuckAt={null}
                isNumber={false}
                sort={sort}
                sortBy={sortBy}
                stop={columnFocus.stopOf(own.length + index)}
              />
            ))}
          </tr>
        </thead>
        <tbody
          role="rowgroup"
          className="relative block"
          style={{ height: rowWindow.getTotalSize() }}
          onKeyDown={rowFocus.onKeyDown}
        >
          {rowWindow.getVirtualItems().map(({ index, start }) => (
            <AnswerRow
              key={index}
              table={table}
              row={rows[index] as number}
              position={index}
              top={start}
              height={ROW_HEIGHT}
              own={own}
              drawn={drawn}
              gaps={gaps}
              stop={rowFocus.stopOf(index)}
              open={open}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Pixels to leave before each drawn column for those before it that are not drawn. */
function gapsBetween(drawn: readonly VirtualItem[], start: number): number[] {
  return drawn.map((column, position) => column.start - (drawn[position - 1]?.end ?? start));
}

function leftOf(columns: readonly { readonly width: number }[], index: number): number {
  return columns.slice(0, index).reduce((sum, { width }) => sum + width, 0);
}
