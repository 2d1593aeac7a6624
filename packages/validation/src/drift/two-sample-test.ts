/** What a two-sample test says of one column. */
export interface TwoSampleTest {
  readonly name: "chi_squared" | "kolmogorov_smirnov";
  readonly statistic: number;
  readonly pValue: number;
  /** 0 to 1: the share that would have to move for both distributions to agree, or a lower bound of it. */
  readonly effect: number;
  /** How many rare values were counted as one; 0 for none. */
  readonly pooledValues: number;
}
