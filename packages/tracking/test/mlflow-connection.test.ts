import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sync, openJournal, recordRun } from "../src/index.ts";
import { MlflowConnection } from "../src/mlflow-connection.ts";
import { readAddress } from "../src/server-address.ts";
import { codeOf, errorOf } from "./error-of.ts";
import { inFolder, sampleRun, writeFiles } from "./sample-run.ts";

type Reaction = (request: IncomingMessage, response: ServerResponse) => void;

const PATIENCE = { attempts: 3, backoffMilliseconds: 1, silenceMilliseconds: 5000 };
const JSON_TYPE = { "content-type": "application/json" };

const ok: Reaction = (_request, response) => {
  response.writeHead(200, JSON_TYPE).end('{"experiment_id":"7"}');
};
const answer =
  (status: number, body: string, headers: Record<string, string> = {}): Reaction =>
  (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
/** Takes the request, all of it, and hangs up. */
const hangUp: Reaction = (request) => {
  request.resume().on("end", () => request.socket.destroy());
};
const silent: Reaction = () => undefined;

interface Scene {
  readonly uri: string;
  /** What came in, in order. */
  readonly requests: IncomingMessage[];
  readonly connection: MlflowConnection;
}

/** A server that reacts so to the first, second ... request, and from then on as to the last. */
async function withServer(
  reactions: readonly Reaction[],
  work: (scene: Scene) => Promise<void>,
  {
    credentials = {},
    signal = new AbortController().signal,
    silence = PATIENCE.silenceMilliseconds,
  } = {},
): Promise<void> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const reaction = reactions[Math.min(requests.length, reactions.length) - 1] as Reaction;
    reaction(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const address = readAddress({ uri, ...credentials });
  const patience = { ...PATIENCE, silenceMilliseconds: silence };
  const connection = new MlflowConnection(address, patience, signal);
  try {
    await work({ uri, requests, connection });
  } finally {
    await connection.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const create = ({ connection }: Scene): Promise<unknown> =>
  connection.call("POST experiments/create", { name: "x" });

describe("faults that pass are sat out, twice", () => {
  const cases: [string, Reaction][] = [
    ...[408, 429, 500, 502, 503, 504].map((status): [string, Reaction] => [
      `status ${status}`,
      answer(status, "<html>no"),
    ]),
    ["a connection that is reset after the request", hangUp],
  ];
  test.each(cases)("%s", async (_name, fault) => {
    await withServer([fault, fault, ok], async (scene) => {
      expect(await create(scene)).toEqual({ experiment_id: "7" });
      expect(scene.requests).toHaveLength(3);
    });
    await withServer([fault], async (scene) => {
      expect(await codeOf(create(scene))).toMatch(/^TRACKING_(SERVER_FAILED|UNREACHABLE)$/);
      expect(scene.requests).toHaveLength(3);
    });
  });

  test("but not when the caller makes up for lost answers", async () => {
    await withServer([hangUp, ok], async ({ connection, requests }) => {
      const call = connection.call("POST experiments/create", { name: "x" }, 1);
      expect(await codeOf(call)).toBe("TRACKING_UNREACHABLE");
      expect(requests).toHaveLength(1);
    });
  });
});

test("a server that is silent is given up", async () => {
  await withServer(
    [silent],
    async (scene) => {
      const error = await errorOf(create(scene));
      expect(error.code).toBe("TRACKING_UNREACHABLE");
      expect(error.message).toMatch(/Headers Timeout Error/);
    },
    { silence: 20 },
  );
});

test("no server at all", async () => {
  let scene: Scene | undefined;
  await withServer([ok], async (gone) => void (scene = gone));
  const address = readAddress({ uri: scene!.uri });
  const connection = new MlflowConnection(address, PATIENCE, new AbortController().signal);
  const error = await errorOf(connection.call("GET runs/get", { run_id: "x" }));
  expect(error).toMatchObject({
    code: "TRACKING_UNREACHABLE",
    details: { reason: "ECONNREFUSED" },
  });
  await connection.close();
});

test("a refusal is final, and the server's reason is told", async () => {
  const body = { error_code: "INVALID_PARAMETER_VALUE", message: "Invalid value 0.\n[SQL: x]" };
  await withServer([answer(400, JSON.stringify(body), JSON_TYPE)], async (scene) => {
    const error = await errorOf(create(scene));
    expect(error.code).toBe("TRACKING_REFUSED");
    expect(error.message).toBe(
      "The MLflow server refused experiments/create (INVALID_PARAMETER_VALUE): Invalid value 0",
    );
    expect(scene.requests).toHaveLength(1);
  });
});

describe("what is no MLflow server is called so", () => {
  const cases: [string, Reaction][] = [
    ["a page with 404", answer(404, "<!doctype html><title>404</title>")],
    ["a page with 200", answer(200, "<!doctype html><title>Log in</title>")],
    ["JSON that is no object", answer(200, "[1]")],
    ["a redirection", answer(302, "", { location: "https://user:pw@login.example/?secret=1" })],
  ];
  test.each(cases)("%s", async (_name, reaction) => {
    await withServer([reaction], async (scene) => {
      const error = await errorOf(create(scene));
      expect(error.code).toBe("TRACKING_NOT_MLFLOW");
      expect(error.hint).toBeDefined();
      expect(error.message).not.toMatch(/pw|secret/);
    });
  });

  test("JSON without what was asked for", async () => {
    await inFolder(async (folder) => {
      const journal = await openJournal(folder);
      await recordRun(sampleRun(), journal);
      await withServer([answer(200, '{"status":"up"}')], async ({ uri }) => {
        const { signal } = new AbortController();
        expect(await codeOf(sync(journal, { uri }, { signal }))).toBe("TRACKING_NOT_MLFLOW");
      });
    });
  });
});

test("nothing and OK are good answers", async () => {
  for (const body of ["", "OK", "200 OK\n"]) {
    await withServer([answer(200, body)], async (scene) => {
      expect(await create(scene)).toEqual({});
    });
  }
});

describe("who may not write is told why", () => {
  test("without credentials", async () => {
    await withServer([answer(401, "Unauthorized")], async (scene) => {
      const error = await errorOf(create(scene));
      expect(error.code).toBe("TRACKING_UNAUTHORIZED");
      expect(error.message).toMatch(/asks for credentials$/);
    });
  });

  test("with wrong ones", async () => {
    await withServer(
      [answer(401, "")],
      async (scene) => {
        expect((await errorOf(create(scene))).message).toMatch(/does not accept the credentials$/);
        expect(scene.requests[0]!.headers.authorization).toBe("Bearer secret-token");
      },
      { credentials: { token: "secret-token" } },
    );
  });

  test("by name of the host", async () => {
    const text = "Invalid Host header - possible DNS rebinding attack detected";
    await withServer([answer(403, text)], async (scene) => {
      const error = await errorOf(create(scene));
      expect(error.code).toBe("TRACKING_FORBIDDEN");
      expect(error.hint).toContain(`--allowed-hosts ${new URL(scene.uri).host}`);
    });
  });

  test("by right", async () => {
    await withServer([answer(403, "")], async (scene) => {
      const error = await errorOf(create(scene));
      expect(error.code).toBe("TRACKING_FORBIDDEN");
      expect(error.message).toMatch(/forbids experiments\/create$/);
    });
  });
});

test("no message repeats a secret, even when the server does", async () => {
  const credentials = { username: "me", password: "s3cret!" };
  const basic = Buffer.from("me:s3cret!").toString("base64");
  const body = JSON.stringify({ error: `me:s3cret! is Basic ${basic}` });
  await withServer(
    [answer(404, body)],
    async (scene) => {
      const error = await errorOf(create(scene));
      expect(error.message).toMatch(/me:\*\*\* is Basic \*\*\*$/);
      expect(JSON.stringify([error.message, error.hint, error.details])).not.toMatch(/s3cret/);
    },
    { credentials },
  );
});

test("an upload announces its length, and is retried whole", async () => {
  await inFolder(async (folder) => {
    const content = Buffer.alloc(300_000, "x");
    const [file] = await writeFiles(folder, { "a.bin": content });
    const received: Buffer[] = [];
    const take: Reaction = (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        received.push(Buffer.concat(chunks));
        response.end();
      });
    };
    await withServer([hangUp, answer(500, ""), take], async ({ uri, connection, requests }) => {
      await connection.upload(`${uri}/a.bin`, file!.file, content.length);
      expect(received).toEqual([content]);
      for (const { headers } of requests) expect(headers["content-length"]).toBe("300000");
    });
  });
});

test("a host that the server names for artifacts gets no credentials", async () => {
  await inFolder(async (folder) => {
    const [file] = await writeFiles(folder, { "a.txt": "a" });
    await withServer([ok], async (other) => {
      await withServer(
        [ok],
        async ({ uri, connection, requests }) => {
          await connection.upload(`${other.uri}/a.txt`, file!.file, 1);
          await connection.upload(`${uri}/a.txt`, file!.file, 1);
          expect(other.requests[0]!.headers.authorization).toBeUndefined();
          expect(requests[0]!.headers.authorization).toBeDefined();
        },
        { credentials: { token: "secret-token" } },
      );
    });
  });
});

test("an aborted signal ends a request, and a wait, with its reason", async () => {
  const reason = { why: "Ctrl-C" };
  const during = new AbortController();
  const react: Reaction = () => during.abort(reason);
  await withServer(
    [react],
    async (scene) => {
      await expect(create(scene)).rejects.toBe(reason);
    },
    { signal: during.signal },
  );
  const waiting = new AbortController();
  const busy: Reaction = (_request, response) => {
    response.writeHead(503, { "retry-after": "3600" }).end();
    setImmediate(() => waiting.abort(reason));
  };
  await withServer(
    [busy],
    async (scene) => {
      await expect(create(scene)).rejects.toBe(reason);
    },
    { signal: waiting.signal },
  );
});

test("a replay has a time limit as a whole", async () => {
  await inFolder(async (folder) => {
    const journal = await openJournal(folder);
    await recordRun(sampleRun(), journal);
    await withServer([silent], async ({ uri }) => {
      const { signal } = new AbortController();
      const replay = sync(journal, { uri }, { signal, timeoutSeconds: 0.02 });
      expect(await codeOf(replay)).toBe("TRACKING_TIMEOUT");
    });
  });
});
