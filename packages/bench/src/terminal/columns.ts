/** A row of a table that is printed row by row: cells in columns of given widths; longer ones push the rest on. */
export function columnsLine(cells: readonly string[], widths: readonly number[]): string {
  return `${cells
    .map((cell, index) => cell.padEnd(widths[index] ?? 0))
    .join("  ")
    .trimEnd()}\n`;
}
