import type { BundleClass } from "./bundle.ts";
import type { CheckedJson } from "./checked-json.ts";

/** A class as bundles and manifests write it. */
export function readClass(json: CheckedJson): BundleClass {
  const label = json.member("label");
  return {
    name: json.member("name").string(),
    label: typeof label.value === "number" ? label.number() : label.string(),
  };
}
