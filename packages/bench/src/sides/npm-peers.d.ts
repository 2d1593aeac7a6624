// The parts that are used of libraries without types, and of one whose types do not compile.

declare module "ml-cart" {
  export class DecisionTreeClassifier {
    constructor(options: object);
    train(rows: number[][], labels: number[]): void;
    predict(rows: number[][]): number[];
  }
}

declare module "ml-random-forest" {
  export class RandomForestClassifier {
    constructor(options: object);
    train(rows: number[][], labels: number[]): void;
    predict(rows: number[][]): number[];
  }
}

declare module "ml-xgboost" {
  class Booster {
    constructor(options: object);
    train(rows: number[][], labels: number[]): void;
    predict(rows: number[][]): number[];
  }
  const ready: Promise<typeof Booster>;
  export default ready;
}
