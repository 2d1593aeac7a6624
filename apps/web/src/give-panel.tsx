import type { ModelDescription } from "./api-types.ts";
import { chosenFile, SAMPLE, sampleFile } from "./given-file.ts";
import type { GivenFile } from "./given-file.ts";
import { bytesText, count } from "./number-text.ts";
import { useDroppedFiles } from "./use-dropped-files.ts";

/** Where a file is given: by click, by key, dropped anywhere on the page, or the model's own sample. */
export function GivePanel(props: {
  readonly model: ModelDescription;
  readonly give: (file: GivenFile) => void;
  /** There is something below: the zone makes room for it. */
  readonly isCompact: boolean;
}): React.ReactNode {
  const { model, give, isCompact } = props;
  const { limits, classes, features } = model;
  const take = (files: readonly File[]): void => {
    const file = chosenFile(files, limits?.uploadBytes);
    if (file !== null) give(file);
  };
  const isDragged = useDroppedFiles(take);
  const invitation = isCompact ? "Give another CSV file" : "Drop a CSV file here, or choose one";
  return (
    <>
      {!isCompact && (
        <p className="max-w-[75ch] text-pretty text-muted">
          Give a CSV file with a header and the model's {count(features.length)} columns. Each row
          comes back with its class, {classes.positive.name} or {classes.negative.name}, and the
          probability of {classes.positive.name}. Other columns may be there, and are kept.
        </p>
      )}
      <label
        className={`relative mt-6 flex cursor-pointer flex-wrap items-center justify-center gap-x-4 gap-y-1 rounded-card border-2 border-dashed px-4 text-center transition-colors hover:border-accent ${isCompact ? "py-4" : "flex-col py-12"} ${isDragged ? "border-accent bg-surface" : "border-control"}`}
      >
        <input
          type="file"
          accept=".csv,text/csv"
          className="sr-only"
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            // The same file can be chosen again after it was mended.
            event.target.value = "";
            take(files);
          }}
        />
        <span className={`font-semibold ${isCompact ? "" : "text-large"}`}>
          {isDragged ? "Let go to give the file" : invitation}
        </span>
        {limits !== undefined && (
          <span className="text-small text-muted">
            up to {bytesText(limits.uploadBytes)} and {count(limits.csvRows)} rows
          </span>
        )}
      </label>
      {model.manifest.files[SAMPLE] !== undefined && (
        <p className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
          {!isCompact && <span>No file at hand?</span>}
          <button type="button" className="button" onClick={() => give(sampleFile)}>
            Try the sample
          </button>
          <a href={SAMPLE} download={SAMPLE}>
            Download the sample
          </a>
        </p>
      )}
    </>
  );
}
