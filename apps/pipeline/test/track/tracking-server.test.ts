import type { LoadedConfig } from "../../src/config/load-config.ts";
import { findTrackingServer } from "../../src/track/tracking-server.ts";

function find(
  uri: string | null,
  environment: LoadedConfig["environment"],
): ReturnType<typeof findTrackingServer> {
  const config = { tracking: { uri, experiment: null, register: null } } as LoadedConfig["config"];
  return findTrackingServer({ config, environment });
}

test("the configuration wins over the environment, and no address is no server", () => {
  const environment = { MLFLOW_TRACKING_URI: "http://b" };
  expect(find("http://a", environment)?.uri).toBe("http://a");
  expect(find(null, environment)?.uri).toBe("http://b");
  expect(find(null, {})).toBeNull();
  expect(find(null, { MLFLOW_TRACKING_URI: " " })).toBeNull();
});

test("credentials come from the environment", () => {
  const environment = {
    MLFLOW_TRACKING_USERNAME: "user",
    MLFLOW_TRACKING_PASSWORD: "hunter2",
    MLFLOW_TRACKING_TOKEN: "token",
  };
  expect(find("http://a", environment)).toEqual({
    uri: "http://a",
    username: "user",
    password: "hunter2",
    token: "token",
  });
});
