import { useEffect, useState } from "react";
import { durationText } from "./number-text.ts";
import { jobText } from "./upload-state.ts";
import type { Job } from "./upload-state.ts";

/** How far a file has come; can be cancelled. */
export function JobPanel(props: {
  readonly job: Job;
  readonly cancel: () => void;
}): React.ReactNode {
  const { job } = props;
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="mt-6 flex flex-wrap items-center gap-4 rounded-card border border-line p-4">
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-semibold break-words">
          {jobText(job)}
          {job.share === null ? "…" : `: ${Math.floor(job.share * 100)} %`}
          {seconds >= 2 && (
            <span className="font-normal text-muted"> {durationText(seconds * 1000)}</span>
          )}
        </p>
        <progress
          className="progress mt-2"
          aria-label={jobText(job)}
          max={1}
          {...(job.share === null ? {} : { value: job.share })}
        />
      </div>
      <button type="button" className="button" onClick={props.cancel}>
        Cancel
      </button>
    </div>
  );
}
