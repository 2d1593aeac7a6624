import type { PipelineError } from "@gillnet/entity";
import { bundleError } from "./bundle-error.ts";
import type {
  BundleClass,
  EncodedCategoricalFeature,
  FeatureProfile,
  FittedInputs,
  InputFeature,
  KnnImputer,
} from "./bundle.ts";

/** Columns with more distinct values are described by quantiles instead. */
const MAX_PROFILE_VALUES = 32;

/** At 0, 5, 10, ... 100 %. */
const QUANTILES = 21;

/**
 * Checks what types cannot say of fitted inputs, whether they come from a file or go into one.
 *
 * @throws PipelineError BUNDLE_INPUTS_INVALID (features, missing markers, classes), BUNDLE_IMPUTER_INVALID,
 *   BUNDLE_PROFILE_INVALID.
 */
export function validateInputs(inputs: FittedInputs): void {
  const { features, classes, preprocessor, profile } = inputs;
  if (features.length === 0) throw invalidInputs("A model must have at least one input column");
  const names = new Set<string>();
  for (const feature of features) {
    if (names.has(feature.name)) {
      throw invalidInputs(`Two input columns are named '${feature.name}'`);
    }
    names.add(feature.name);
    checkFeature(feature);
  }
  if (new Set(inputs.missingMarkers).size !== inputs.missingMarkers.length) {
    throw invalidInputs("A missing marker is listed twice");
  }
  checkClasses(classes.negative, classes.positive);
  if (preprocessor.imputer.kind === "knn") checkImputer(preprocessor.imputer, features);
  checkProfile(profile, features);
}

function checkFeature(feature: InputFeature): void {
  if (feature.kind === "categorical") {
    checkCategories(feature);
    return;
  }
  const { name, values, minimum = -Infinity, maximum = Infinity } = feature;
  if (values !== undefined) checkAllowed(name, values);
  if (values?.some((value) => !Number.isFinite(value))) {
    throw invalidInputs(`Column '${name}' allows a value that is not a finite number`);
  }
  const bounds = [feature.minimum ?? 0, feature.maximum ?? 0];
  if (!(minimum <= maximum) || !bounds.every(Number.isFinite)) {
    throw invalidInputs(
      `Column '${name}' allows ${minimum} to ${maximum}, which is no range of finite numbers`,
    );
  }
}

function checkCategories({ name, categories, values }: EncodedCategoricalFeature): void {
  for (let i = 1; i < categories.length; i++) {
    if ((categories[i] as string) <= (categories[i - 1] as string)) {
      throw invalidInputs(`The categories of column '${name}' must ascend, each one once`);
    }
  }
  if (values !== undefined) checkAllowed(name, values);
}

function checkAllowed(name: string, values: readonly (number | string)[]): void {
  if (values.length === 0 || new Set(values).size !== values.length) {
    throw invalidInputs(
      `The allowed values of column '${name}' must be at least one, each one once`,
    );
  }
}

function checkClasses(negative: BundleClass, positive: BundleClass): void {
  for (const { name, label } of [negative, positive]) {
    if (name === "" || label === "" || (typeof label === "number" && !Number.isFinite(label))) {
      throw invalidInputs(`A class must have a name and a label, got '${name}' and '${label}'`);
    }
  }
  if (negative.name === positive.name || negative.label === positive.label) {
    throw invalidInputs(
      `The two classes must differ, got '${negative.name}' (${negative.label}) and '${positive.name}' (${positive.label})`,
    );
  }
}

function checkImputer(imputer: KnnImputer, features: readonly InputFeature[]): void {
  const { neighbors, columns, donors, donorCounts, means } = imputer;
  const check = (holds: boolean, message: string): void => {
    if (!holds) throw bundleError("BUNDLE_IMPUTER_INVALID", message);
  };
  check(
    Number.isSafeInteger(neighbors) && neighbors >= 1,
    `The imputer must have at least 1 neighbor, got ${neighbors}`,
  );
  columns.forEach((column, i) => {
    check(
      i === 0 || column > (columns[i - 1] as number),
      "The imputer's columns must ascend, each one once",
    );
    check(
      features[column]?.kind === "numeric",
      `The imputer's column ${column} must be one of the numeric inputs`,
    );
  });
  check(
    means.length === columns.length && donors.length === donorCounts.length * columns.length,
    `The imputer has ${columns.length} columns and ${donorCounts.length} donors, but ${means.length} means and ${donors.length} cells of donors`,
  );
  check(means.every(Number.isFinite), "The imputer's means must be finite");
  check(
    donorCounts.every((count) => Number.isSafeInteger(count) && count >= 1),
    "Each of the imputer's donors must stand for a whole number of rows, at least 1",
  );
  check(
    donors.every((cell) => Number.isFinite(cell) || Number.isNaN(cell)),
    "The imputer's donors must be finite where they are not missing",
  );
}

function checkProfile(profile: readonly FeatureProfile[], features: readonly InputFeature[]): void {
  if (
    profile.length !== features.length ||
    profile.some(({ name, kind }, i) => name !== features[i]?.name || kind !== features[i].kind)
  ) {
    throw invalidProfile("The profile must describe the input columns, in their order");
  }
  for (const column of profile) {
    const { name, count, missing, values } = column;
    const counts = [count, missing, ...(values ?? []).map((value) => value.count)];
    if (!counts.every((each) => each >= 0 && Number.isFinite(each))) {
      throw invalidProfile(
        `The profile of column '${name}' holds a count that is negative or not finite`,
      );
    }
    if (column.kind === "categorical") {
      if (new Set(column.values.map(({ value }) => value)).size !== column.values.length) {
        throw invalidProfile(`The profile of column '${name}' lists a value twice`);
      }
      continue;
    }
    const { minimum, mean, maximum, quantiles } = column;
    const listed = column.values?.map(({ value }) => value);
    const numbers = [minimum, mean, maximum].filter((each) => each !== null);
    if (![...numbers, ...(listed ?? []), ...(quantiles ?? [])].every(Number.isFinite)) {
      throw invalidProfile(`The profile of column '${name}' holds a number that is not finite`);
    }
    if (listed !== undefined && (listed.length > MAX_PROFILE_VALUES || !ascends(listed, true))) {
      throw invalidProfile(
        `The values in the profile of column '${name}' must ascend and be at most ${MAX_PROFILE_VALUES}`,
      );
    }
    if (quantiles !== null && (quantiles.length !== QUANTILES || !ascends(quantiles, false))) {
      throw invalidProfile(
        `The quantiles in the profile of column '${name}' must ascend and be ${QUANTILES}, got ${quantiles.length}`,
      );
    }
  }
}

function ascends(values: readonly number[], strictly: boolean): boolean {
  return values.every((value, i) => {
    const previous = values[i - 1];
    return previous === undefined || (strictly ? value > previous : value >= previous);
  });
}

function invalidInputs(message: string): PipelineError {
  return bundleError("BUNDLE_INPUTS_INVALID", message);
}

function invalidProfile(message: string): PipelineError {
  return bundleError("BUNDLE_PROFILE_INVALID", message);
}
