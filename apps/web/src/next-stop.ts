/** Rows that PageUp and PageDown move by. */
const PAGE = 15;

/** The row or column that a key moves to from `active`; null for a key that does not move. */
export function nextStop(
  kind: "row" | "column",
  key: string,
  active: number,
  count: number,
): number | null {
  const target = targetOf(kind, key, active, count);
  return target === null ? null : Math.max(0, Math.min(count - 1, target));
}

function targetOf(
  kind: "row" | "column",
  key: string,
  active: number,
  count: number,
): number | null {
  switch (key) {
    case "Home":
      return 0;
    case "End":
      return count - 1;
    case kind === "row" ? "ArrowUp" : "ArrowLeft":
      return active - 1;
    case kind === "row" ? "ArrowDown" : "ArrowRight":
      return active + 1;
    case "PageUp":
      return kind === "row" ? active - PAGE : null;
    case "PageDown":
      return kind === "row" ? active + PAGE : null;
    default:
      return null;
  }
}
