/**
 * The calls of MLflow's REST interface that Gillnet makes, below `<tracking uri>/api/2.0/mlflow/`: what goes in
 * and what comes out. GET requests go into the query. Servers leave out what is empty, and none is trusted to
 * send what it should, so every field of an answer is optional. Ids are text: some are beyond 2^53.
 */
export interface MlflowApi {
  "GET experiments/get-by-name": {
    request: { experiment_name: string };
    response: { experiment?: { experiment_id?: string; lifecycle_stage?: string } };
  };
  "POST experiments/create": {
    request: { name: string };
    response: { experiment_id?: string };
  };
  "POST runs/search": {
    request: {
      experiment_ids: readonly string[];
      filter: string;
      run_view_type: "ALL";
      max_results: number;
    };
    response: { runs?: readonly MlflowRun[] };
  };
  "POST runs/create": {
    request: {
      experiment_id: string;
      run_name: string;
      start_time: number;
      tags: readonly KeyValue[];
    };
    response: { run?: MlflowRun };
  };
  "GET runs/get": { request: { run_id: string }; response: { run?: MlflowRun } };
  "POST runs/update": {
    request: { run_id: string; status: string; end_time: number };
    response: object;
  };
  "POST runs/log-batch": {
    request: {
      run_id: string;
      params?: readonly KeyValue[];
      tags?: readonly KeyValue[];
      metrics?: readonly {
        key: string;
        value: number | string;
        step: number;
        timestamp: number;
      }[];
    };
    response: object;
  };
  "POST runs/log-inputs": {
    request: { run_id: string; datasets: readonly LoggedDataset[] };
    response: object;
  };
  "POST runs/log-model": { request: { run_id: string; model_json: string }; response: object };
  "GET artifacts/list": {
    request: { run_id: string; path?: string; page_token?: string };
    response: {
      files?: readonly { path?: string; file_size?: number | string }[];
      next_page_token?: string;
    };
  };
  "POST registered-models/create": { request: { name: string }; response: object };
  "GET model-versions/search": {
    request: { filter: string; max_results: number };
    response: { model_versions?: readonly MlflowModelVersion[] };
  };
  "POST model-versions/create": {
    request: { name: string; source: string; run_id: string; tags: readonly KeyValue[] };
    response: { model_version?: MlflowModelVersion };
  };
  "GET registered-models/alias": {
    request: { name: string; alias: string };
    response: { model_version?: MlflowModelVersion };
  };
  "POST registered-models/alias": {
    request: { name: string; alias: string; version: string };
    response: object;
  };
}

export type MlflowRoute = keyof MlflowApi;

interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** `source` and `profile` are JSON texts. */
export interface LoggedDataset {
  readonly tags: readonly KeyValue[];
  readonly dataset: {
    readonly name: string;
    readonly digest: string;
    readonly source_type: string;
    readonly source: string;
    readonly profile: string;
  };
}

export interface MlflowRun {
  readonly info?: {
    readonly run_id?: string;
    readonly experiment_id?: string;
    readonly artifact_uri?: string;
    readonly lifecycle_stage?: string;
  };
  readonly data?: { readonly tags?: readonly KeyValue[] };
}

export interface MlflowModelVersion {
  readonly name?: string;
  readonly version?: string;
  readonly tags?: readonly KeyValue[];
}
