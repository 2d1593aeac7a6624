import { useEffect, useRef } from "react";
import { AnswerView } from "./answer-view.tsx";
import type { ModelDescription } from "./api-types.ts";
import { FailurePanel } from "./failure-panel.tsx";
import { GivePanel } from "./give-panel.tsx";
import { JobPanel } from "./job-panel.tsx";
import { SingleCase } from "./single-case.tsx";
import { announcement } from "./upload-state.ts";
import { useUpload } from "./use-upload.ts";

/** Give, and see what came of it. */
export function Work(props: {
  readonly model: ModelDescription;
  readonly refreshModel: () => Promise<ModelDescription>;
}): React.ReactNode {
  const { model } = props;
  const upload = useUpload(model, props.refreshModel);
  const { job, outcome } = upload.state;
  const isAnswered = outcome?.kind === "answered";
  const shownId = job === null ? outcome?.id : undefined;
  const resultRef = useRef<HTMLElement>(null);

  // What came of the file is brought into view; focus follows only where the job's panel took it away.
  useEffect(() => {
    const result = resultRef.current;
    if (shownId === undefined || result === null) return;
    result.scrollIntoView({ block: "nearest" });
    if (document.activeElement === document.body) result.focus({ preventScroll: true });
  }, [shownId]);

  const question = `Which rows look like ${model.classes.positive.name}?`;
  return (
    <>
      <title>{`${isAnswered ? outcome.table.summary : question} · Gillnet`}</title>
      <h1 className="mt-8 mb-2 text-title font-semibold">{question}</h1>
      <GivePanel model={model} give={upload.give} isCompact={job !== null || isAnswered} />
      <p role="status" className="sr-only">
        {announcement(upload.state)}
      </p>
      {job !== null && <JobPanel key={job.id} job={job} cancel={upload.cancel} />}
      {job === null && outcome !== null && (
        <section
          ref={resultRef}
          tabIndex={-1}
          aria-label="Result"
          className="scroll-my-4 outline-none"
        >
          {outcome.kind === "failed" ? (
            <FailurePanel
              title={`No prediction was made for ${outcome.fileName}`}
              failure={outcome.failure}
              again={upload.again}
            />
          ) : (
            <AnswerView key={outcome.id} answer={outcome} warning={model.warning} />
          )}
        </section>
      )}
      <SingleCase key={model.bundleHash} model={model} />
    </>
  );
}
