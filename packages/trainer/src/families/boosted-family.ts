import type { SeededRandom } from "@gillnet/entity";
import type { BoostingModel, TreeEnsemble } from "@gillnet/model-bundle";

import type { Criterion } from "../engine/criterion.ts";
import type { GrownTree } from "../engine/grown-tree.ts";
import { firstTrees } from "../engine/tree-ensembles.ts";
import { EnsembleBuilder } from "../engine/tree-predictor.ts";
import type { NodeAnswers } from "../engine/tree-predictor.ts";
import type { CandidateParams, Family, TrainingSet } from "./family.ts";

/** Grows an ensemble's trees one after the other, each with an eye on the answers of those before it. */
export interface Booster {
  /** The score before any tree, in log-odds. */
  readonly initial: number;
  /** Grows the next tree, which holds until the one after it; null when there is nothing left to boost. */
  next(): { readonly tree: GrownTree; readonly nodes: NodeAnswers } | null;
  /** The answers so far for every row of the training set, those of weight 0 included. */
  probabilities(): Float64Array;
  /** Sentences for people, once the last tree is grown. */
  notes(): readonly string[];
  /** Gives back what it holds; it is not used from then on. */
  end(): void;
}

/** What tells one boosted family from another. The parameter `n_estimators` is the number of trees. */
export interface BoostedRecipe extends Pick<Family, "name" | "title" | "paramNames"> {
  readonly criterion: Criterion;
  /** As Family.effort, of one tree. */
  readonly effortOfTree: number;
  /** As Family.staged.sideBySide. */
  readonly sideBySide?: string;
  /** A booster for each of `all`, which differ in `sideBySide` alone. They take their turns tree by tree. */
  start(
    training: TrainingSet,
    all: readonly CandidateParams[],
    random: SeededRandom,
  ): readonly Booster[];
  /** What the sum of these trees' answers is multiplied by. */
  scaleOf(trees: TreeEnsemble): number;
}

/** A family whose trees build on each other: its first k trees are the k-tree ensemble. */
export function boostedFamily(recipe: BoostedRecipe): Family {
  const { name, title, paramNames, criterion, effortOfTree, sideBySide } = recipe;
  return {
    name,
    title,
    reads: "codes",
    paramNames,
    fit(training, params, { random, onMember }) {
      const [booster] = recipe.start(training, [params], random) as readonly [Booster];
      const ensemble = new EnsembleBuilder(training.binned.columns, criterion, 1);
      const size = params["n_estimators"] as number;
      for (let tree = 0; tree < size; tree++) {
        const grown = booster.next();
        if (grown === null) break;
        ensemble.add(grown.tree, grown.nodes);
        onMember(tree + 1, size);
      }
      booster.end();
      const trees = ensemble.finish();
      return {
        model: { kind: "boosting", trees, initial: booster.initial, scale: recipe.scaleOf(trees) },
        notes: booster.notes(),
      };
    },
    effort: (params) => effortOfTree * (params["n_estimators"] as number),
    staged: {
      param: "n_estimators",
      firstMembers(model, count) {
        const whole = model as BoostingModel;
        const trees = firstTrees(whole.trees, count);
        return { ...whole, trees, scale: recipe.scaleOf(trees) };
      },
      probabilities(training, fits, rows, { random, onMember }) {
        const boosters = recipe.start(
          training,
          fits.map(({ params }) => params),
          random,
        );
        const answers = fits.map((): Map<number, Float64Array> => new Map());
        const largest = Math.max(...fits.flatMap(({ stages }) => stages));
        const ended = new Set<Booster>();
        for (let size = 1; size <= largest; size++) {
          boosters.forEach((booster, fit) => {
            if (!ended.has(booster) && booster.next() === null) ended.add(booster);
            if (!fits[fit]?.stages.includes(size)) return;
            const ofAll = booster.probabilities();
            answers[fit]?.set(
              size,
              Float64Array.from(rows, (row) => ofAll[row] as number),
            );
          });
          onMember(size, largest);
        }
        for (const booster of boosters) booster.end();
        return fits.map(({ stages }, fit) =>
          stages.map((size) => answers[fit]?.get(size) as Float64Array),
        );
      },
      ...(sideBySide !== undefined && { sideBySide }),
    },
  };
}
