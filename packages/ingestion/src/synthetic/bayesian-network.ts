import { PipelineError } from "@gillnet/entity";

/** One column of the table to be drawn. */
export interface BayesianNode {
  readonly name: string;
  /** What the column's cells can be, as categorical text; null is a missing cell. */
  readonly values: readonly (string | null)[];
  /** Names of earlier nodes. */
  readonly parents: readonly string[];
  /**
   * One list of probabilities, in the order of `values`, for each combination of the parents' values; the
   * last parent's value changes fastest. A node without parents has one list. Lists sum to 1, or nearly.
   */
  readonly probabilities: readonly (readonly number[])[];
}

/** A discrete Bayesian network: nodes in an order in which parents come first. */
export interface BayesianNetwork {
  /** What the table is like, for people: the name of the dataset it was learnt from. */
  readonly name: string;
  /** Where the numbers come from, and under which licence. */
  readonly origin: string;
  readonly nodes: readonly BayesianNode[];
}

/** Rounded probabilities sum to 1 only nearly. */
const SUM_TOLERANCE = 0.005;

/**
 * Reads a network from JSON text and checks that it can be drawn from.
 *
 * @param file the file's name, for messages.
 * @throws PipelineError INGESTION_NETWORK_BAD, with what is wrong and at which node.
 */
export function parseBayesianNetwork(text: string, file: string): BayesianNetwork {
  const fail = (problem: string, cause?: unknown): never => {
    throw new PipelineError("INGESTION_NETWORK_BAD", `The network file ${file} ${problem}`, {
      hint: "Make the file again with the fit-network script, or take the one that comes with the package",
      details: { file },
      cause,
    });
  };
  let network: unknown;
  try {
    network = JSON.parse(text);
  } catch (error) {
    return fail("is not JSON", error);
  }
  if (!isRecord(network) || !Array.isArray(network["nodes"]) || network["nodes"].length === 0) {
    return fail("has no list of nodes");
  }
  if (typeof network["name"] !== "string" || typeof network["origin"] !== "string") {
    return fail("has no name or no origin");
  }
  const valueCounts = new Map<string, number>();
  for (const [index, node] of network["nodes"].entries()) {
    const problem = problemOfNode(node, valueCounts);
    if (problem !== undefined) fail(`has a bad node ${index + 1}: ${problem}`);
    const { name, values } = node as BayesianNode;
    valueCounts.set(name, values.length);
  }
  return network as unknown as BayesianNetwork;
}

/** What is wrong with a node that follows nodes with the given names and counts of values. */
function problemOfNode(node: unknown, earlier: ReadonlyMap<string, number>): string | undefined {
  if (!isRecord(node)) return "it is not an object";
  const { name, values, parents, probabilities } = node;
  if (typeof name !== "string" || name === "") return "it has no name";
  if (earlier.has(name)) return `the name ${name} occurs twice`;
  if (
    !Array.isArray(values) ||
    values.length === 0 ||
    new Set(values).size !== values.length ||
    !values.every((value) => value === null || typeof value === "string")
  ) {
    return `the values of ${name} are not a list of distinct texts or nulls`;
  }
  if (!Array.isArray(parents)) return `${name} has no list of parents`;
  let combinations = 1;
  for (const parent of parents) {
    const count = earlier.get(String(parent));
    if (count === undefined) return `${name} has the parent ${parent}, which is no earlier node`;
    combinations *= count;
  }
  if (!Array.isArray(probabilities) || probabilities.length !== combinations) {
    return `${name} needs ${combinations} lists of probabilities`;
  }
  for (const list of probabilities) {
    const sum = isListOfProbabilities(list, values.length)
      ? list.reduce((total, probability) => total + probability, 0)
      : Number.NaN;
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      return `a list of probabilities of ${name} is not ${values.length} numbers with the sum 1`;
    }
  }
  return undefined;
}

function isListOfProbabilities(list: unknown, length: number): list is number[] {
  return (
    Array.isArray(list) &&
    list.length === length &&
    list.every((probability) => typeof probability === "number" && probability >= 0)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
