import { count } from "./number-text.ts";
import type { Failure, MissingColumn } from "./failure.ts";

/** Missing columns that are listed; of more the rest is counted. */
const LISTED = 40;

/** What could not be done, why, and what to do now. */
export function FailurePanel(props: {
  readonly title: string;
  readonly failure: Failure;
  readonly again: () => void;
}): React.ReactNode {
  const { message, hint, missing, retry, code, status } = props.failure;
  return (
    <div
      role="alert"
      className="mt-6 rounded-card border border-error-line bg-error-background p-4 text-error-text"
    >
      <h2 className="text-large font-semibold break-words">
        <span aria-hidden="true">✕ </span>
        {props.title}
      </h2>
      {missing.length === 0 ? (
        <p className="mt-2 max-w-[75ch]">{message}.</p>
      ) : (
        <MissingColumns missing={missing} />
      )}
      <p className="mt-2 max-w-[75ch]">{hint}</p>
      {retry && (
        <button type="button" className="button mt-3 bg-background" onClick={props.again}>
          Try again
        </button>
      )}
      {code !== null && (
        <p className="mt-3 text-small">
          Status {status}, <code>{code}</code>
        </p>
      )}
    </div>
  );
}

function MissingColumns({
  missing,
}: {
  readonly missing: readonly MissingColumn[];
}): React.ReactNode {
  const some = missing.length === 1 ? "a column" : `${count(missing.length)} columns`;
  return (
    <>
      <p className="mt-2">The file lacks {some} that the model reads:</p>
      <ul className="mt-2 list-disc pl-6 sm:columns-2">
        {missing.slice(0, LISTED).map(({ column, near }) => (
          <li key={column}>
            <code>{column}</code>
            {near !== null && (
              <>
                {" "}
                (the file has <code>{near}</code>)
              </>
            )}
          </li>
        ))}
        {missing.length > LISTED && <li>and {count(missing.length - LISTED)} more</li>}
      </ul>
    </>
  );
}
