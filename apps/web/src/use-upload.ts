import { useCallback, useReducer, useRef } from "react";
import type { ModelDescription } from "./api-types.ts";
import { failureOfError } from "./failure.ts";
import type { GivenFile } from "./given-file.ts";
import { readAnswer } from "./read-answer.ts";
import { uploadFile } from "./upload-file.ts";
import { nothingGiven, uploadReducer } from "./upload-state.ts";
import type { UploadState } from "./upload-state.ts";

export interface Upload {
  readonly state: UploadState;
  /** Takes the place of a job that is under way. */
  readonly give: (file: GivenFile) => void;
  readonly cancel: () => void;
  /** Gives the last file once more. */
  readonly again: () => void;
}

/** Sends files to be predicted, one at a time. */
export function useUpload(
  model: ModelDescription,
  refreshModel: () => Promise<ModelDescription>,
): Upload {
  const [state, dispatch] = useReducer(uploadReducer, nothingGiven);
  const current = useRef({ id: 0, controller: new AbortController() });
  const last = useRef<GivenFile | null>(null);

  const give = useCallback(
    (file: GivenFile) => {
      current.current.controller.abort();
      const id = current.current.id + 1;
      const controller = new AbortController();
      const { signal } = controller;
      current.current = { id, controller };
      last.current = file;
      dispatch({ kind: "started", id, fileName: file.name });

      const work = async (): Promise<void> => {
        const start = performance.now();
        const bytes = await file.read();
        const answer = await uploadFile(
          new Blob([bytes], { type: "text/csv" }),
          file.name,
          (phase, share) => dispatch({ kind: "progressed", id, phase, share }),
          signal,
        );
        // A version published in between has its own classes, and belongs into the header.
        const { classes } = model.version === answer.version ? model : await refreshModel();
        const table = await readAnswer({ body: answer.body, file: bytes, classes }, signal);
        dispatch({ kind: "answered", id, table, milliseconds: performance.now() - start });
      };
      work().catch((error: unknown) =>
        dispatch({ kind: "failed", id, failure: failureOfError(error) }),
      );
    },
    [model, refreshModel],
  );

  const cancel = useCallback(() => {
    const { id, controller } = current.current;
    controller.abort();
    dispatch({ kind: "cancelled", id });
  }, []);

  const again = useCallback(() => {
    if (last.current !== null) give(last.current);
  }, [give]);

  return { state, give, cancel, again };
}
