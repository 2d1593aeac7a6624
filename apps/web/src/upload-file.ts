import { failureOfAnswer, RequestFailed, unreachable } from "./failure.ts";
import type { Phase } from "./upload-state.ts";

export interface UploadAnswer {
  /** JSON, not read yet: it may be of many megabytes. */
  readonly body: ArrayBuffer;
  /** Version of the model that answered. */
  readonly version: number;
}

/**
 * Sends a file to POST /predict and takes the predictions as JSON. By XMLHttpRequest: `fetch` does not say
 * how much has been sent. Throws RequestFailed; never settles once the signal is aborted.
 */
export function uploadFile(
  file: Blob,
  fileName: string,
  onProgress: (phase: Phase, share: number | null) => void,
  signal: AbortSignal,
): Promise<UploadAnswer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "predict");
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "arraybuffer";
    request.upload.addEventListener("progress", (event) => onProgress("sending", shareOf(event)));
    request.upload.addEventListener("load", () => onProgress("predicting", null));
    request.addEventListener("progress", (event) => onProgress("receiving", shareOf(event)));
    request.addEventListener("error", () => reject(new RequestFailed(unreachable)));
    request.addEventListener("load", () => {
      const body = request.response as ArrayBuffer;
      if (request.status === 200) {
        resolve({ body, version: Number(request.getResponseHeader("Gillnet-Model-Version")) });
      } else {
        const text = new TextDecoder().decode(body);
        reject(new RequestFailed(failureOfAnswer(request.status, text)));
      }
    });
    signal.addEventListener("abort", () => request.abort());
    const form = new FormData();
    form.append("file", file, fileName);
    request.send(form);
  });
}

function shareOf({ lengthComputable, loaded, total }: ProgressEvent): number | null {
  return lengthComputable && total > 0 ? loaded / total : null;
}
