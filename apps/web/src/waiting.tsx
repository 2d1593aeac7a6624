import { FailurePanel } from "./failure-panel.tsx";
import type { ModelState } from "./use-model.ts";

/** The page as long as there is no model: it is being looked up, none is published, or the server is away. */
export function Waiting(props: {
  readonly state: Exclude<ModelState, { kind: "ready" }>;
  readonly look: () => void;
}): React.ReactNode {
  const { state } = props;
  if (state.kind === "loading") {
    return (
      <p role="status" className="mt-8 text-muted">
        Looking for the model…
      </p>
    );
  }
  const { failure } = state;
  if (failure.code !== "API_NO_MODEL") {
    return (
      <>
        <h1 className="mt-8 text-title font-semibold">The model can't be looked up</h1>
        <FailurePanel title="No answer about the model" failure={failure} again={props.look} />
        <LooksAgain />
      </>
    );
  }
  return (
    <section role="status" className="mt-8 max-w-[75ch]">
      <title>No model yet · Gillnet</title>
      <h1 className="text-title font-semibold">{failure.message}</h1>
      <p className="mt-3">
        The pipeline trains a model, holds it against its gates and publishes it. Start it in the
        project's folder:
      </p>
      <pre className="mt-3 overflow-x-auto rounded-card border border-line bg-surface px-4 py-3">
        <code>pnpm pipeline run</code>
      </pre>
      <LooksAgain />
    </section>
  );
}

function LooksAgain(): React.ReactNode {
  return (
    <p className="mt-3 text-muted">
      This page looks again every few seconds and goes on by itself.
    </p>
  );
}
