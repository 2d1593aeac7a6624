import { useMemo, useRef, useState } from "react";
import { verdictOf } from "./answer-table.ts";
import type { ModelDescription, Prediction, PredictionAnswer } from "./api-types.ts";
import { cellsOfRow, indexCsv } from "./csv-index.ts";
import { FailurePanel } from "./failure-panel.tsx";
import type { Failure } from "./failure.ts";
import { failureOfError } from "./failure.ts";
import { featureField, rowOfTexts, textsOfRow } from "./feature-field.ts";
import type { FeatureField } from "./feature-field.ts";
import { fetchJson, fetchText } from "./fetch-json.ts";
import { SAMPLE } from "./given-file.ts";
import { boundText, probabilityText } from "./number-text.ts";
import { ProblemList } from "./problem-list.tsx";
import { Verdict } from "./verdict.tsx";

/** One row, given by hand: the fields are the model's columns. */
export function SingleCase({ model }: { readonly model: ModelDescription }): React.ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className="mt-8 border-t border-line pt-4"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="cursor-pointer py-1 font-semibold text-accent">
        Give one row by hand
      </summary>
      {isOpen && <SingleCaseForm model={model} />}
    </details>
  );
}

/** What came of the last question; null as long as none was asked of the row as it stands. */
type Reply =
  | { readonly kind: "answered"; readonly prediction: Prediction; readonly verdict: number }
  | { readonly kind: "failed"; readonly failure: Failure }
  | null;

function SingleCaseForm({ model }: { readonly model: ModelDescription }): React.ReactNode {
  const fields = useMemo(() => model.features.map(featureField), [model]);
  const [texts, setTexts] = useState<readonly string[]>([]);
  const [reply, setReply] = useState<Reply>(null);
  const asked = useRef(0);
  const sampleRow = useRef(0);

  // What an earlier row got says nothing of this one.
  const change = (changed: readonly string[]): void => {
    asked.current++;
    setReply(null);
    setTexts(changed);
  };
  const ask = (work: () => Promise<() => void>): void => {
    const id = ++asked.current;
    const ifCurrent = (then: () => void): void => {
      if (id === asked.current) then();
    };
    work().then(ifCurrent, (error: unknown) =>
      ifCurrent(() => setReply({ kind: "failed", failure: failureOfError(error) })),
    );
  };
  const predict = (): void =>
    ask(async () => {
      const { predictions } = await fetchJson<PredictionAnswer>("api/v1/predictions", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ rows: [rowOfTexts(fields, texts)] }),
      });
      const prediction = predictions[0] as Prediction;
      const verdict = verdictOf(prediction.label, model.classes);
      return () => setReply({ kind: "answered", prediction, verdict });
    });
  const fill = (): void =>
    ask(async () => {
      const csv = indexCsv(await fetchText(SAMPLE));
      const row = sampleRow.current++ % csv.rowStart.length;
      return () => change(textsOfRow(fields, csv.header, cellsOfRow(csv, row)));
    });

  return (
    <form
      className="mt-3"
      onSubmit={(event) => {
        event.preventDefault();
        predict();
      }}
    >
      <p className="max-w-[75ch] text-muted">
        A field left empty counts as missing, and the model has its own way with that.
      </p>
      <div className="mt-4 grid grid-cols-2 gap-x-4 gap-y-3 md:grid-cols-3 lg:grid-cols-4">
        {fields.map((field, index) => (
          <Field
            key={field.name}
            field={field}
            text={texts[index] ?? ""}
            change={(text) =>
              change(fields.map((_, other) => (other === index ? text : (texts[other] ?? ""))))
            }
          />
        ))}
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        <button className="button-first" type="submit">
          Predict this row
        </button>
        {model.manifest.files[SAMPLE] !== undefined && (
          <button className="button" type="button" onClick={fill}>
            Fill in a row of the sample
          </button>
        )}
        <button className="button" type="button" onClick={() => change([])}>
          Empty all fields
        </button>
      </div>
      <div role="status">
        {reply?.kind === "answered" && (
          <SingleAnswer model={model} verdict={reply.verdict} prediction={reply.prediction} />
        )}
      </div>
      {reply?.kind === "failed" && (
        <FailurePanel title="No prediction was made" failure={reply.failure} again={predict} />
      )}
    </form>
  );
}

function Field(props: {
  readonly field: FeatureField;
  readonly text: string;
  readonly change: (text: string) => void;
}): React.ReactNode {
  const { name, options, hint, isNumeric } = props.field;
  return (
    <label className="flex min-w-0 flex-col justify-end">
      <span className="mb-1 text-small break-words">
        {name}
        {hint !== "" && <span className="text-muted"> ({hint})</span>}
      </span>
      {options === null ? (
        <input
          className="field"
          inputMode={isNumeric ? "decimal" : "text"}
          autoComplete="off"
          value={props.text}
          onChange={(event) => props.change(event.target.value)}
        />
      ) : (
        <select
          className="field"
          value={props.text}
          onChange={(event) => props.change(event.target.value)}
        >
          <option value="">missing</option>
          {options.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      )}
    </label>
  );
}

function SingleAnswer(props: {
  readonly model: ModelDescription;
  readonly verdict: number;
  readonly prediction: Prediction;
}): React.ReactNode {
  const { classes, threshold } = props.model;
  const { probability, problems = [] } = props.prediction;
  return (
    <div className="mt-4 rounded-card border border-line p-4">
      <p className="text-large">
        <Verdict classes={classes} verdict={props.verdict} />
      </p>
      {probability !== null && (
        <p className="mt-1 max-w-[75ch]">
          The probability of {classes.positive.name} is {probabilityText(probability)}. A row is
          called {classes.positive.name} from {boundText(threshold)} % on.
        </p>
      )}
      {problems.length > 0 && <ProblemList problems={problems} />}
    </div>
  );
}
