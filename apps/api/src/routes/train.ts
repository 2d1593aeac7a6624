import type { Request, RequestHandler } from "express";
import { apiError } from "../errors.ts";
import type { Trainer } from "../training/trainer.ts";
import { readTrainingRequest } from "../training/training-request.ts";
import { LAST_EVENT } from "../training/training-run.ts";
import type { TrainingEvent } from "../training/training-run.ts";

/** A line that means nothing, so that proxies keep a quiet stream open. */
const HEARTBEAT = ":\n\n";

/** A client that leaves so many bytes unread is cut off; it may come back and go on where it was. */
const UNREAD_BYTES = 4_194_304;

/** The routes under /api/v1/train, which come after the administrator's token was checked. */
export interface TrainRoutes {
  /** POST /api/v1/train, after a JSON body was read: starts a run of the pipeline. */
  readonly start: RequestHandler;
  /** GET /api/v1/train/{id}: how it stands with a run. */
  readonly show: RequestHandler<{ id: string }>;
  /** GET /api/v1/train/{id}/events: what happened so far, then what happens, as server-sent events. */
  readonly events: RequestHandler<{ id: string }>;
}

/** The routes of a trainer; null where training is off, and no request comes through. */
export function trainRoutes(trainer: Trainer | null, heartbeatMs: number): TrainRoutes {
  const required = (): Trainer => {
    if (trainer !== null) return trainer;
    throw apiError("API_TRAINING_OFF", "Training over HTTP is turned off");
  };
  return {
    start: (request, response) => {
      refuseOtherTypes(request);
      const { answer } = required().start(readTrainingRequest(request.body));
      response.status(202).location(`/api/v1/train/${answer.id}`).json(answer);
    },

    show: (request, response) => {
      response.set("Cache-Control", "no-store").json(required().find(request.params.id).answer);
    },

    events: (request, response) => {
      const run = required().find(request.params.id);
      const missed = run.eventsAfter(lastEventId(request));
      if (!run.isRunning && missed.length === 0) {
        // A browser comes back after the end; 204 is how it is told to stay away.
        response.status(204).end();
        return;
      }
      response.set({
        "Content-Type": "text/event-stream; charset=utf-8",
        "Cache-Control": "no-store",
        "X-Accel-Buffering": "no",
      });
      response.flushHeaders();
      if (request.method === "HEAD") {
        response.end();
        return;
      }
      const heartbeat = setInterval(() => response.write(HEARTBEAT), heartbeatMs);
      const send = (event: TrainingEvent): void => {
        response.write(eventText(event));
        if (event.event === LAST_EVENT) response.end();
        else if (response.writableLength > UNREAD_BYTES) response.destroy();
      };
      const leave = run.listen(send);
      response.once("close", () => {
        clearInterval(heartbeat);
        leave();
      });
      for (const event of missed) send(event);
    },
  };
}

/** No body, or JSON: what is sent for something else must not start a run that ignores it. */
function refuseOtherTypes(request: Request): void {
  const length = Number(request.get("content-length") ?? 0);
  if (length === 0 && request.get("transfer-encoding") === undefined) return;
  if (request.is("application/json")) return;
  const given = request.get("content-type")?.slice(0, 100) ?? "none";
  throw apiError("API_CONTENT_TYPE", `The body must be application/json, got ${given}`);
}

/** The last event that a client has seen; 0 when it has seen none or says nothing that can be read. */
function lastEventId(request: Request<{ id: string }>): number {
  const id = request.get("last-event-id") ?? "";
  return /^\d{1,15}$/.test(id) ? Number(id) : 0;
}

function eventText({ id, event, data }: TrainingEvent): string {
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
