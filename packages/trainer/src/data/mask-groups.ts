import { PipelineError } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

/**
 * The columns of each group, by their indices.
 *
 * @param groups column names
 * @throws PipelineError TRAINER_BAD_MASK_GROUP when a name is no column's, or comes twice
 */
export function maskGroups(
  groups: readonly (readonly string[])[],
  features: readonly InputFeature[],
): readonly (readonly number[])[] {
  const columnOf = new Map(features.map(({ name }, column) => [name, column]));
  const taken = new Set<string>();
  return groups.map((names) =>
    names.map((name) => {
      const column = columnOf.get(name);
      if (column !== undefined && !taken.has(name)) {
        taken.add(name);
        return column;
      }
      throw new PipelineError(
        "TRAINER_BAD_MASK_GROUP",
        column === undefined
          ? `trainer.mask_groups names '${name}', which is no feature`
          : `trainer.mask_groups names '${name}' twice`,
        {
          hint: "Name each feature of the schema in one group at most",
          details: { column: name, features: features.length },
        },
      );
    }),
  );
}
