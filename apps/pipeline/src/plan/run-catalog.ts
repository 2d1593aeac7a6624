import type { StageName } from "@gillnet/entity";
import type { ArtifactStore } from "@gillnet/entity/node";
import { readRunRecord } from "../run/run-record.ts";
import type { RunRecord } from "../run/run-record.ts";

/** Which runs hold a good artifact of a stage for a key, newest first. Read once, when first asked. */
export class RunCatalog {
  readonly #store: ArtifactStore;
  #records: Promise<readonly RunRecord[]> | undefined;

  constructor(store: ArtifactStore) {
    this.#store = store;
  }

  /** Runs with a good artifact of `stage` made with the key `hash`. */
  async findRuns(stage: StageName, hash: string): Promise<string[]> {
    return (await this.records())
      .filter(({ stages }) => stages[stage]?.key === hash && stages[stage].status !== "failed")
      .map(({ run }) => run);
  }

  /** The newest run that holds a good artifact of every one of `keys`. */
  async findRunWithAll(keys: ReadonlyMap<StageName, string>): Promise<string | undefined> {
    return (await this.records()).find(({ stages }) =>
      [...keys].every(
        ([stage, hash]) => stages[stage]?.key === hash && stages[stage].status !== "failed",
      ),
    )?.run;
  }

  /** Every run that has a record, newest first. */
  records(): Promise<readonly RunRecord[]> {
    this.#records ??= this.#read();
    return this.#records;
  }

  async #read(): Promise<RunRecord[]> {
    const runs = await this.#store.listRuns();
    const records = await Promise.all(runs.map((run) => readRunRecord(this.#store, run)));
    return records.filter((record) => record !== undefined);
  }
}
