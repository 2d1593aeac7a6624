import { artifactUrl } from "../src/artifact-url.ts";

const BASE = "https://host:5000/proxy";
const ROUTE = "api/2.0/mlflow-artifacts/artifacts";

test.each([
  ["mlflow-artifacts:/1/r/artifacts", `${BASE}/${ROUTE}/1/r/artifacts/m/a%20%C3%A9%23%25%3F.txt`],
  ["mlflow-artifacts://other:80/1/", `https://other:80/${ROUTE}/1/m/a%20%C3%A9%23%25%3F.txt`],
  ["http://store/x/", "http://store/x/m/a%20%C3%A9%23%25%3F.txt"],
  ["s3://bucket/1", undefined],
  ["/srv/mlruns/1", undefined],
  ["file:///srv/mlruns/1", undefined],
  ["", undefined],
])("artifacts at '%s'", (artifactUri, url) => {
  expect(artifactUrl(BASE, artifactUri, "m/a é#%?.txt")).toBe(url);
});
