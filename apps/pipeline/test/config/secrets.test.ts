import { collectSecrets } from "../../src/config/secrets.ts";
import { treeOf } from "./tree-of.ts";

const none = new Set<string>();

test("known secrets count whenever they are set, others when they are used", () => {
  const environment = {
    MONGODB_URL_KEY: "mongodb-key",
    MLFLOW_TRACKING_PASSWORD: "password",
    MLFLOW_TRACKING_TOKEN: "token",
    DB_PASSWORD: "db-password",
    S3_SECRET: "s3-secret",
    KEYNOTE: "keynote",
    api_key: "api-key",
  };
  expect(collectSecrets(environment, none, [])).toEqual(["mongodb-key", "password", "token"]);
  const used = new Set(["DB_PASSWORD", "S3_SECRET", "KEYNOTE", "api_key"]);
  expect(collectSecrets(environment, used, [])).toEqual([
    "db-password",
    "mongodb-key",
    "s3-secret",
    "password",
    "api-key",
    "token",
  ]);
});

test("passwords within addresses are secrets wherever they come from", () => {
  const tree = treeOf('a: "https://ci:one-pass@host/x"\nb: [see mongodb+srv://u:two%40pass@h]\n');
  const environment = {
    MLFLOW_TRACKING_URI: "http://u:three-pass@h:5000",
    PROXY: "http://me:four@pass/s@h",
    MONGODB_URL: "mongodb://u:five-pass@h/d?x=a@b",
  };
  const secrets = collectSecrets(environment, new Set(["PROXY"]), [tree]);
  for (const secret of [
    "one-pass",
    "two%40pass",
    "two@pass",
    "three-pass",
    "four@pass/s",
    "mongodb://u:five-pass@h/d?x=a@b",
  ])
    expect(secrets).toContain(secret);
  expect(secrets.some((secret) => secret === "ci" || secret === "host")).toBe(false);
  expect(secrets).toEqual([...secrets].sort((a, b) => b.length - a.length));
});

test("a secret is known by its encoded faces too", () => {
  expect(collectSecrets({ MLFLOW_TRACKING_PASSWORD: 'a"b c' }, none, [])).toEqual([
    "a%22b%20c",
    'a\\"b c',
    'a"b c',
  ]);
  expect(collectSecrets({ MLFLOW_TRACKING_PASSWORD: "half \ud800" }, none, [])).toContain(
    "half \ud800",
  );
});

test("what is too short to be one is none", () => {
  expect(
    collectSecrets({ MLFLOW_TRACKING_PASSWORD: "", MLFLOW_TRACKING_TOKEN: "ab" }, none, []),
  ).toEqual([]);
});
