import { PipelineError } from "@gillnet/entity";

/**
 * The items that `--only` names: by their whole name, or by the part before or after its last hyphens (`hist` of
 * `continuous-hist`).
 *
 * @throws PipelineError BENCH_UNKNOWN_NAME for a name that no item has
 */
export function selectByName<T extends { readonly name: string }>(
  items: readonly T[],
  only: readonly string[] | undefined,
): readonly T[] {
  if (only === undefined) return items;
  const isNamed = ({ name }: T, wanted: string): boolean =>
    name === wanted || name.startsWith(`${wanted}-`) || name.endsWith(`-${wanted}`);
  for (const wanted of only) {
    if (items.some((item) => isNamed(item, wanted))) continue;
    const known = [...new Set(items.map(({ name }) => name))].join(", ");
    throw new PipelineError("BENCH_UNKNOWN_NAME", `There is no comparison '${wanted}'`, {
      hint: `Take of: ${known}`,
      details: { name: wanted },
    });
  }
  return items.filter((item) => only.some((wanted) => isNamed(item, wanted)));
}
