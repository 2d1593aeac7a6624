import { failureOfAnswer, RequestFailed, unreachable, unreadableAnswer } from "./failure.ts";

/** The JSON of an answer. Throws RequestFailed when there is none, or when it says that the request failed. */
export async function fetchJson<Value>(path: string, request: RequestInit = {}): Promise<Value> {
  const text = await fetchText(path, request);
  try {
    return JSON.parse(text) as Value;
  } catch {
    throw new RequestFailed(unreadableAnswer);
  }
}

/** The text of an answer. Throws as `fetchJson` does. */
export async function fetchText(path: string, request: RequestInit = {}): Promise<string> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, request);
    text = await response.text();
  } catch {
    throw new RequestFailed(unreachable);
  }
  if (!response.ok) throw new RequestFailed(failureOfAnswer(response.status, text));
  return text;
}
