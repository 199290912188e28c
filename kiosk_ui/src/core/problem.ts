/** Why something was refused, as the server says it: a code and the facts it rests on.
 *  The words are in words/problems.ts. */

export interface Problem {
  readonly code: string;
  readonly status: number;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** The server could not be reached, or answered something that is not an answer. */
export const UNREACHABLE = "unreachable";

export function problem(
  code: string,
  status = 0,
  facts: Readonly<Record<string, unknown>> = {},
): Problem {
  return { code, status, facts };
}
