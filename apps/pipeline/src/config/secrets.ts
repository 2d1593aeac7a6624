import type { ConfigNode } from "./config-tree.ts";
import { scalarsOf } from "./config-tree.ts";
import type { Environment } from "./read-environment.ts";

/** Secret when they are set, whether the configuration names them or not. */
const KNOWN_SECRETS = [
  "MONGODB_URL",
  "MONGODB_URL_KEY",
  "MLFLOW_TRACKING_PASSWORD",
  "MLFLOW_TRACKING_TOKEN",
] as const;
/** Variables whose URLs may hold a password. */
const KNOWN_URLS = ["MLFLOW_TRACKING_URI"] as const;
/** Secret when the configuration takes a value from a variable of such a name. */
const SECRET_NAME = /(?:^|_)(?:PASSWORD|TOKEN|SECRET|KEY)$/i;
/** Shorter ones are no secrets, and to redact every "a" would leave no message readable. */
const MIN_LENGTH = 3;

/**
 * The texts that no log, message, artifact or tracking server may see, longest first: the values of known
 * secret variables, of `used` variables with a secret's name, and the passwords within URLs of `trees` and
 * of the environment; also as they look within a URL or a JSON text.
 */
export function collectSecrets(
  environment: Environment,
  used: ReadonlySet<string>,
  trees: readonly ConfigNode[],
): readonly string[] {
  const secrets = new Set<string>();
  const names = [...KNOWN_SECRETS, ...[...used].filter((name) => SECRET_NAME.test(name))];
  for (const name of names) secrets.add(environment[name] ?? "");
  const urls = [...KNOWN_SECRETS, ...KNOWN_URLS, ...used].map((name) => environment[name] ?? "");
  for (const tree of trees)
    for (const { value } of scalarsOf(tree)) if (typeof value === "string") urls.push(value);
  for (const url of urls) for (const password of passwordsIn(url)) secrets.add(password);

  const forms = [...secrets].flatMap((secret) => [
    secret,
    percentEncoded(secret),
    JSON.stringify(secret).slice(1, -1),
  ]);
  return [...new Set(forms)]
    .filter((secret) => secret.trim().length >= MIN_LENGTH)
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** The passwords of `scheme://user:password@host` in a text, as written and decoded. */
function passwordsIn(text: string): readonly string[] {
  const passwords: string[] = [];
  // To the last @ of the run, for passwords with an @ or a slash that someone forgot to encode.
  for (const [, password] of text.matchAll(/[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*:(\S+)@/gi)) {
    if (password === undefined) continue;
    passwords.push(password);
    try {
      passwords.push(decodeURIComponent(password));
    } catch {
      // Not percent-encoded: as written is all there is.
    }
  }
  return passwords;
}

function percentEncoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half a surrogate pair: no URL can hold it.
    return text;
  }
}
