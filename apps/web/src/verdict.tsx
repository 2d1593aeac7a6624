import { POSITIVE, UNPREDICTED } from "./answer-table.ts";
import type { ModelClasses } from "./api-types.ts";

/** A class by mark and word besides its colour, and the label that files carry for it. */
export function Verdict(props: {
  readonly classes: ModelClasses;
  readonly verdict: number;
}): React.ReactNode {
  const { classes, verdict } = props;
  if (verdict === UNPREDICTED) return <span className="text-muted">– no prediction</span>;
  const isPositive = verdict === POSITIVE;
  const { name, label } = isPositive ? classes.positive : classes.negative;
  return (
    <>
      <span className={`font-semibold ${isPositive ? "text-positive" : "text-negative"}`}>
        <span aria-hidden="true">{isPositive ? "▲" : "●"} </span>
        {name}
      </span>
      {String(label) !== name && <span className="text-muted"> ({label})</span>}
    </>
  );
}
