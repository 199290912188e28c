/** Why something was refused, as the server says it: a code and the facts it rests on.
 *  The words are in words/problems.ts and its neighbours. */

export type Facts = Readonly<Record<string, unknown>>;

/** `status` is 0 where it came by the stream, or never reached the server. */
export interface Problem {
  readonly code: string;
  readonly status: number;
  readonly facts: Facts;
}

/** The server could not be reached, or answered something that is not an answer. */
export const UNREACHABLE = "unreachable";

export function problem(code: string, status = 0, facts: Facts = {}): Problem {
  return { code, status, facts };
}

/** A fact as it stands in a sentence; nothing where it was not given. */
export function fact(value: unknown): string {
  return typeof value === "number" || typeof value === "string" ? String(value) : "";
}
