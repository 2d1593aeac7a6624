import { useId } from "react";
import type { ModelClasses } from "./api-types.ts";
import type { Shown } from "./arrange-rows.ts";
import { count } from "./number-text.ts";

/** Which rows to show, with how many there are of each. */
export function ShownChoice(props: {
  readonly classes: ModelClasses;
  readonly counts: Readonly<Record<Shown, number>>;
  readonly shown: Shown;
  readonly choose: (shown: Shown) => void;
}): React.ReactNode {
  const { positive, negative } = props.classes;
  const groupName = useId();
  const choices: readonly (readonly [Shown, string, string, string])[] = [
    ["all", "", "All", ""],
    ["positive", "▲ ", positive.name, "text-positive"],
    ["negative", "● ", negative.name, "text-negative"],
    ["flagged", "⚠ ", "Need a look", ""],
  ];
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-small text-muted">Show</legend>
      <div className="flex flex-wrap gap-2">
        {choices.map(([shown, mark, text, color]) => (
          <label
            key={shown}
            className="relative inline-flex min-h-10 cursor-pointer items-center rounded-card border border-control px-3 text-small hover:border-accent has-checked:border-accent has-checked:bg-surface has-checked:shadow-[inset_0_-3px_0_var(--accent)]"
          >
            <input
              type="radio"
              name={groupName}
              className="sr-only"
              checked={props.shown === shown}
              onChange={() => props.choose(shown)}
            />
            <span className={`font-semibold ${color}`}>
              <span aria-hidden="true">{mark}</span>
              {text}
            </span>
            <span className="ml-2 text-muted tabular-nums">{count(props.counts[shown])}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
