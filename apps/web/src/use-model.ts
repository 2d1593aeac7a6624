import { useCallback, useEffect, useState } from "react";
import type { ModelDescription } from "./api-types.ts";
import type { Failure } from "./failure.ts";
import { failureOfError } from "./failure.ts";
import { fetchJson } from "./fetch-json.ts";

/** How often to look whether a model has been published, or the server is back. */
const LOOK_MS = 4_000;

export type ModelState =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly model: ModelDescription }
  | { readonly kind: "failed"; readonly failure: Failure };

export interface LiveModel {
  readonly state: ModelState;
  /** Asks the server now; throws RequestFailed. */
  readonly refresh: () => Promise<ModelDescription>;
  /** Asks the server now, if the page is in sight; what comes of it is in the state. */
  readonly look: () => void;
}

/**
 * The model that the server answers with. Looked up at the start and whenever the page comes into sight
 * again; as long as there is none, every few seconds.
 */
export function useModel(): LiveModel {
  const [state, setState] = useState<ModelState>({ kind: "loading" });

  const refresh = useCallback(async () => {
    try {
      const model = await fetchJson<ModelDescription>("api/v1/model");
      // The same version again is no news, and a form that is being filled in stays as it is.
      setState((known) => (isSame(known, model) ? known : { kind: "ready", model }));
      return model;
    } catch (error) {
      // A model that was there is kept: what is on the page came from it.
      setState((known) =>
        known.kind === "ready" ? known : { kind: "failed", failure: failureOfError(error) },
      );
      throw error;
    }
  }, []);

  const look = useCallback(() => {
    if (document.visibilityState === "visible") refresh().catch(() => undefined);
  }, [refresh]);

  useEffect(() => {
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [look]);

  const isWaiting = state.kind === "failed";
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [isWaiting, look]);

  return { state, refresh, look };
}

function isSame(known: ModelState, { version, bundleHash }: ModelDescription): boolean {
  return (
    known.kind === "ready" &&
    known.model.version === version &&
    known.model.bundleHash === bundleHash
  );
}
