import type { Gate, ModelDescription } from "./api-types.ts";
import { Dialog } from "./dialog.tsx";
import {
  dataSentence,
  exchangedSentence,
  gatesText,
  headlineFigure,
  protocolSentence,
  scalarText,
  scoreLines,
  spaced,
  splitSentence,
  timeText,
} from "./model-words.ts";
import type { ScoreLine } from "./model-words.ts";
import { boundText, counted } from "./number-text.ts";

/** What the model is, how good, measured on what, and where it comes from. */
export function ModelCard(props: {
  readonly model: ModelDescription;
  readonly close: () => void;
}): React.ReactNode {
  const { model } = props;
  const { manifest, classes } = model;
  return (
    <Dialog title={`${model.name}, version ${model.version}`} close={props.close}>
      {model.warning !== undefined && (
        <p className="mt-3 rounded-card border border-warning-line bg-warning-background p-3 font-semibold text-warning-text">
          <span aria-hidden="true">⚠ </span>Warning. {model.warning}
        </p>
      )}
      <p className="mt-3">
        <strong>{headlineFigure(manifest)}.</strong> {protocolSentence(manifest)} A row is called{" "}
        {classes.positive.name} from a probability of {boundText(model.threshold)} % on.
      </p>

      <Section title="How good">
        <Scores lines={scoreLines(manifest, classes)} />
        <p className="mt-2 text-small text-muted">{exchangedSentence(manifest, classes)}</p>
      </Section>

      <Section title="The data">
        <p>{dataSentence(manifest)}</p>
        <p className="mt-2">{splitSentence(manifest)}</p>
      </Section>

      <Section title={`Gates: ${gatesText(manifest.gates)}`}>
        <Gates gates={manifest.gates} />
      </Section>

      <Section title="Where it comes from">
        <dl className="grid gap-x-6 gap-y-1 text-small sm:grid-cols-[max-content_1fr]">
          <Fact name="Published">{timeText(manifest.publishedAt)}</Fact>
          <Fact name="Model">
            {spaced(manifest.model.family)} (
            {Object.entries(manifest.model.params)
              .map(([name, value]) => `${spaced(name)} ${scalarText(value)}`)
              .join(", ")}
            )
          </Fact>
          <Fact name="Inputs">{counted(model.features.length, "column")}</Fact>
          <Fact name="Run">
            <code>{manifest.run}</code>, seed {manifest.seed}
          </Fact>
          {manifest.gitCommit !== null && (
            <Fact name="Commit">
              <code className="break-all">{manifest.gitCommit}</code>
            </Fact>
          )}
          <Fact name="Data fingerprint">
            <code className="break-all">{manifest.data.fingerprint}</code>
          </Fact>
          <Fact name="Bundle SHA-256">
            <code className="break-all">{model.bundleHash}</code>
          </Fact>
        </dl>
        <p className="mt-3 text-small">
          <a href="api/v1/model">All of it as JSON</a>
        </p>
      </Section>
    </Dialog>
  );
}

function Section(props: {
  readonly title: string;
  readonly children: React.ReactNode;
}): React.ReactNode {
  return (
    <section className="mt-6">
      <h3 className="mb-2 font-semibold">{props.title}</h3>
      {props.children}
    </section>
  );
}

function Scores({ lines }: { readonly lines: readonly ScoreLine[] }): React.ReactNode {
  return (
    <table className="card-table">
      <thead>
        <tr>
          <th scope="col">Figure</th>
          <th scope="col" className="number">
            Value <span className="max-sm:block">(95 % interval)</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.name}>
            <th scope="row" className="font-normal">
              {line.name}
              <span className="block text-muted">{line.meaning}</span>
            </th>
            <td className="number">
              <strong>{line.value}</strong> <span className="max-sm:block">({line.interval})</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Gates({ gates }: { readonly gates: readonly Gate[] }): React.ReactNode {
  return (
    <table className="card-table">
      <thead>
        <tr>
          <th scope="col">Gate</th>
          <th scope="col">Verdict</th>
          <th scope="col" className="number">
            Value
          </th>
          <th scope="col" className="number">
            Bound
          </th>
        </tr>
      </thead>
      <tbody>
        {gates.map((gate) => (
          <tr key={gate.name}>
            <th scope="row" className="font-normal">
              {spaced(gate.name)}
            </th>
            <td>{gate.passed ? "✓ passed" : "✕ failed"}</td>
            <td className="number">{scalarText(gate.value)}</td>
            <td className="number">{scalarText(gate.bound)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Fact(props: {
  readonly name: string;
  readonly children: React.ReactNode;
}): React.ReactNode {
  return (
    <>
      <dt className="text-muted">{props.name}</dt>
      <dd className="max-sm:mb-2">{props.children}</dd>
    </>
  );
}
