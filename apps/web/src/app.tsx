import { PageHeader } from "./page-header.tsx";
import { useModel } from "./use-model.ts";
import { Waiting } from "./waiting.tsx";
import { Work } from "./work.tsx";

/** The page: the model on top, then give, then see. */
export function App(): React.ReactNode {
  const { state, refresh, look } = useModel();
  return (
    <>
      <PageHeader model={state.kind === "ready" ? state.model : null} />
      <main className="page pb-16">
        {state.kind === "ready" ? (
          <Work model={state.model} refreshModel={refresh} />
        ) : (
          <Waiting state={state} look={look} />
        )}
      </main>
    </>
  );
}
