/** A cell as RFC 4180 writes it: quoted when it holds a comma, a quote or a line end. */
export function csvText(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
