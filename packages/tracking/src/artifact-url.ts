/**
 * Where to put the artifact `path` of a run whose artifacts are at `artifactUri`; undefined when only the
 * server itself, or a client of some cloud storage, can write there.
 *
 * @param base the server's address, without a slash at its end.
 */
export function artifactUrl(base: string, artifactUri: string, path: string): string | undefined {
  if (/^https?:\/\//.test(artifactUri)) {
    return `${artifactUri.replace(/\/+$/, "")}/${encodePath(path)}`;
  }
  const match = /^mlflow-artifacts:(?:\/\/([^/]*))?(\/.*)?$/.exec(artifactUri);
  if (match === null) return undefined;
  const [, host = "", folder = ""] = match;
  const server = host === "" ? base : `${new URL(base).protocol}//${host}`;
  return `${server}/api/2.0/mlflow-artifacts/artifacts/${encodePath(`${folder}/${path}`)}`;
}

function encodePath(path: string): string {
  return path
    .split("/")
    .filter((segment) => segment !== "")
    .map(encodeURIComponent)
    .join("/");
}
