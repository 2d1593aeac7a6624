import type { RowProblem } from "./api-types.ts";

/** A row's problems in whole sentences: those that cost it its prediction are errors, the others warnings. */
export function ProblemList({
  problems,
}: {
  readonly problems: readonly RowProblem[];
}): React.ReactNode {
  return (
    <ul className="mt-3 max-w-[75ch] space-y-1">
      {problems.map(({ fatal, message }) => (
        <li key={message}>
          <strong>{fatal ? "✕ Error." : "⚠ Warning."}</strong> {message}.
        </li>
      ))}
    </ul>
  );
}
