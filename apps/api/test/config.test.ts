import { join } from "node:path";
import { readConfig } from "../src/config.ts";

test("nothing set", () => {
  expect(readConfig({ PORT: "" }, "/home/me", false)).toEqual({
    host: "127.0.0.1",
    port: 8000,
    artifactsFolder: "/home/me/artifacts",
    outputFolder: "/home/me",
    uploadMiB: 32,
    logFormat: "json",
    logLevel: "info",
    training: null,
  });
});

test("everything set", () => {
  const environment = {
    HOST: "0.0.0.0",
    PORT: "0",
    GILLNET_ARTIFACTS: "../other",
    GILLNET_OUTPUT: "",
    GILLNET_MAX_UPLOAD_MIB: "256",
    GILLNET_LOG_FORMAT: "plain",
    GILLNET_LOG_LEVEL: "debug",
    GILLNET_ADMIN_TOKEN: "0123456789abcdef",
    GILLNET_PIPELINE_COMMAND: "cli.js",
    GILLNET_PIPELINE_CONFIG: "/etc/pipeline.yaml",
  };
  expect(readConfig(environment, "/home/me", false)).toEqual({
    host: "0.0.0.0",
    port: 0,
    artifactsFolder: "/home/other",
    outputFolder: null,
    uploadMiB: 256,
    logFormat: "plain",
    logLevel: "debug",
    training: {
      token: "0123456789abcdef",
      command: "/home/me/cli.js",
      configFile: "/etc/pipeline.yaml",
    },
  });
});

test.each([
  ["PORT", "http", "PORT may be a whole number from 0 to 65535, got 'http'"],
  ["PORT", "65536", "PORT may be a whole number from 0 to 65535, got '65536'"],
  [
    "GILLNET_MAX_UPLOAD_MIB",
    "0",
    "GILLNET_MAX_UPLOAD_MIB may be a whole number from 1 to 256, got '0'",
  ],
  [
    "GILLNET_MAX_UPLOAD_MIB",
    "1e3",
    "GILLNET_MAX_UPLOAD_MIB may be a whole number from 1 to 256, got '1e3'",
  ],
  ["GILLNET_LOG_FORMAT", "xml", "GILLNET_LOG_FORMAT may be json, plain, got 'xml'"],
  ["GILLNET_LOG_LEVEL", "loud", "GILLNET_LOG_LEVEL may be error, warn, info, debug, got 'loud'"],
])("%s=%s is refused", (name, value, message) => {
  expect(() => readConfig({ [name]: value }, "/", true)).toThrow(
    expect.objectContaining({ code: "API_CONFIG_BAD", message }),
  );
});

test("with a token alone, runs are those of the workspace's pipeline and the folder's pipeline.yaml", () => {
  const { training } = readConfig({ GILLNET_ADMIN_TOKEN: "0123456789abcdef" }, "/home/me", false);
  expect(training?.command).toBe(join(import.meta.dirname, "../../pipeline/dist/main.js"));
  expect(training?.configFile).toBe("/home/me/pipeline.yaml");
});

test.each(["0123456789abcde", "0123456789 abcdef", "0123456789abcdeé"])(
  "the token '%s' is refused, and not repeated",
  (token) => {
    let error: { code?: string; message?: string; details?: unknown } = {};
    try {
      readConfig({ GILLNET_ADMIN_TOKEN: token }, "/", true);
    } catch (thrown) {
      error = thrown as typeof error;
    }
    expect(error.code).toBe("API_CONFIG_BAD");
    expect(error.message).toContain(`got ${token.length} characters`);
    expect(JSON.stringify([error.message, error.details])).not.toContain(token);
  },
);
