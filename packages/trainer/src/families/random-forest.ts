import type { Family } from "./family.ts";
import { forestFamily } from "./forest-family.ts";

/** Trees on bootstrap samples, each node taking the best split of its columns, as scikit-learn's RandomForestClassifier. */
export const randomForest: Family = forestFamily({
  name: "random_forest",
  title: "random forest",
  bounds: "best",
  effortOfTree: 1,
});
