import { useEffect, useId, useRef } from "react";

/** A modal dialog: the browser's own keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog(props: {
  readonly title: string;
  readonly close: () => void;
  readonly children: React.ReactNode;
}): React.ReactNode {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    // The second effect of React's strict mode finds it open.
    if (ref.current?.open === false) ref.current.showModal();
  }, []);
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-3xl overflow-auto rounded-card border border-line bg-background p-0 text-text"
      onClose={props.close}
      onClick={(event) => {
        // The backdrop belongs to the dialog itself, all else to what is in it.
        if (event.target === ref.current) ref.current.close();
      }}
    >
      <div className="p-4 sm:p-6">
        <div className="flex items-start justify-between gap-4">
          <h2 id={titleId} className="min-w-0 text-large font-semibold">
            {props.title}
          </h2>
          <button type="button" className="button" onClick={() => ref.current?.close()}>
            Close
          </button>
        </div>
        {props.children}
      </div>
    </dialog>
  );
}
