import { useState } from "react";
import type { ModelDescription } from "./api-types.ts";
import iconUrl from "./icon.svg";
import { ModelCard } from "./model-card.tsx";
import { headlineFigure, protocolSentence } from "./model-words.ts";

/** Gillnet's name, and the model's with its honest figure; the banner when it was trained on made-up rows. */
export function PageHeader({
  model,
}: {
  readonly model: ModelDescription | null;
}): React.ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <header className="border-b border-line">
      {model?.warning !== undefined && (
        <div className="border-b-4 border-warning-line bg-warning-background text-warning-text">
          <p role="note" className="page py-4 text-large font-semibold">
            <span aria-hidden="true">⚠ </span>Warning. {model.warning}
          </p>
        </div>
      )}
      <div className="page flex flex-wrap items-center gap-x-8 gap-y-1 py-3">
        <a
          href="./"
          className="flex items-center gap-2 text-large font-bold text-text no-underline"
        >
          <img src={iconUrl} alt="" width="22" height="22" />
          Gillnet
        </a>
        {model !== null && (
          <p className="min-w-0 flex-1 basis-72 text-small text-muted">
            <button
              type="button"
              aria-haspopup="dialog"
              className="cursor-pointer font-semibold text-accent underline underline-offset-2"
              onClick={() => setOpen(true)}
            >
              {model.name}, version {model.version}
            </button>
            : <strong className="text-text">{headlineFigure(model.manifest)}</strong>.{" "}
            {protocolSentence(model.manifest)}
          </p>
        )}
      </div>
      {model !== null && isOpen && <ModelCard model={model} close={() => setOpen(false)} />}
    </header>
  );
}
