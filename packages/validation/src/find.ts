import type { Finding } from "@gillnet/entity";
import { validationFindings } from "./finding-codes.ts";
import type { FindingCode } from "./finding-codes.ts";

/** Makes a finding; its severity is what the table of findings says of its code. */
export function find(
  code: FindingCode,
  message: string,
  where: Pick<Finding, "column" | "count" | "exampleRows"> = {},
): Finding {
  return { severity: validationFindings[code].severity, code, message, ...where };
}
