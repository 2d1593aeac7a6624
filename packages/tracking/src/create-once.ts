import { isTransient } from "./explain-answer.ts";
import type { MlflowConnection } from "./mlflow-connection.ts";

/**
 * Creates what must not be there twice. `create` makes one attempt; when its answer is lost, nobody knows
 * whether it worked, so `find` looks before every attempt.
 */
export async function createOnce<T>(
  connection: MlflowConnection,
  find: () => Promise<T | undefined>,
  create: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const found = await find();
    if (found !== undefined) return found;
    try {
      return await create();
    } catch (error) {
      if (attempt >= connection.patience.attempts || !isTransient(error)) throw error;
      await connection.backOff(attempt + 1);
    }
  }
}
