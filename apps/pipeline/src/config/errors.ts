import type { ErrorCodeEntry } from "@gillnet/entity";

/** What can be wrong with a configuration. */
export type ConfigErrorCode =
  | "CONFIG_FILE_UNREADABLE"
  | "CONFIG_INVALID"
  | "CONFIG_KEY_MISSING"
  | "CONFIG_SCHEMA_CONTRADICTION"
  | "CONFIG_SET_SYNTAX"
  | "CONFIG_UNKNOWN_KEY"
  | "CONFIG_VALUE_INVALID"
  | "CONFIG_VARIABLE_SYNTAX"
  | "CONFIG_VARIABLE_UNSET"
  | "CONFIG_YAML_SYNTAX";

/** What each code means, and the remedy: the hint of an error with one fault, and docs/errors.md. */
export const configErrors: Readonly<Record<ConfigErrorCode, ErrorCodeEntry>> = {
  CONFIG_FILE_UNREADABLE: {
    meaning: "A configuration file is not there, is no file, is too large, or is not UTF-8 text",
    remedy: "Check the path; name another configuration with --config",
  },
  CONFIG_INVALID: {
    meaning: "The configuration has several faults; the message lists them, one a line",
    remedy: "Every key, its default and its bounds stand in docs/configuration.md",
  },
  CONFIG_KEY_MISSING: {
    meaning: "A key that has no default is not given",
    remedy: "Add the key; docs/configuration.md says what it takes",
  },
  CONFIG_SCHEMA_CONTRADICTION: {
    meaning: "The dataset schema contradicts itself: a column, a class or a value has two meanings",
    remedy: "Give every column one role and every value one meaning",
  },
  CONFIG_SET_SYNTAX: {
    meaning:
      "A --set flag is not of the form key=value, or its list, map or quoted text does not end",
    remedy: "Write --set trainer.folds=10 or --set 'trainer.ensemble={kind: none}'",
  },
  CONFIG_UNKNOWN_KEY: {
    meaning: "A key that the configuration does not have",
    remedy: "docs/configuration.md lists every key",
  },
  CONFIG_VALUE_INVALID: {
    meaning: "A value of the wrong kind or outside its bounds",
    remedy: "docs/configuration.md says what each key takes",
  },
  CONFIG_VARIABLE_SYNTAX: {
    meaning: "A ${...} that is neither ${NAME} nor ${NAME:-default}",
    remedy: "Write ${NAME} or ${NAME:-default}; $${ stands for ${ itself",
  },
  CONFIG_VARIABLE_UNSET: {
    meaning: "A ${NAME} whose environment variable is not set and that has no default",
    remedy: "Set it in the environment or in .env beside the file, or write ${NAME:-default}",
  },
  CONFIG_YAML_SYNTAX: {
    meaning:
      "A file that is not well-formed YAML, names a key twice, or expands beyond all measure",
    remedy: "Mend the line that the message names",
  },
};
