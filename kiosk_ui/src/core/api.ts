/** Commands and questions to the server. What goes wrong comes back as a value, never as an exception.
 *
 *  A command has an id of its own. Where no answer came (the network broke, the log was not available)
 *  nobody knows whether it happened, so it is sent again with the same id: the server does it once. */

import { type Problem, problem, UNREACHABLE } from "./problem";
import { newId } from "./ulid";

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export interface Person {
  attendee: string;
  name: string;
  roles: string[];
  badge: string;
}

/** What a command led to. */
export interface Done {
  command_id: string;
  seq: number;
  duplicate: boolean;
  events: ({ kind: string } & Record<string, unknown>)[];
  person?: Person;
  link?: string;
}

export type Fields = Readonly<Record<string, unknown>>;

export const TRIES = 4;
export const TRY_MS_MAX = 8_000;
const PAUSE_MS = [300, 1_000, 3_000];

export interface ApiOptions {
  fetch?: typeof fetch;
  pause?: (ms: number) => Promise<void>;
}

export class Api {
  readonly #fetch: typeof fetch;
  readonly #pause: (ms: number) => Promise<void>;

  constructor(options: ApiOptions = {}) {
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
    this.#pause = options.pause ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  }

  get<T>(path: string): Promise<Answer<T>> {
    return this.#patiently(path, { method: "GET" });
  }

  /** A command of a fair (`check-in`), or of the district where `fair` is null (`plan-fair`). */
  command(fair: string | null, name: string, fields: Fields): Promise<Answer<Done>> {
    const base = fair === null ? "/api/district" : `/api/fairs/${encodeURIComponent(fair)}`;
    return this.#patiently(`${base}/${name}`, json("POST", { command_id: newId(), ...fields }));
  }

  /** Anything that is not a command (signing in, pairing): asked once, since it has no id. */
  send<T>(method: "POST" | "DELETE", path: string, body?: Fields): Promise<Answer<T>> {
    return this.#once(path, json(method, body));
  }

  /** A file as it is. A dry run or an import, so it may take its time. */
  upload<T>(path: string, file: File): Promise<Answer<T>> {
    const headers = { "X-File-Name": encodeURIComponent(file.name) };
    return this.#once(path, { method: "POST", body: file, headers }, 120_000);
  }

  async #patiently<T>(path: string, init: RequestInit): Promise<Answer<T>> {
    let answer = await this.#once<T>(path, init);
    for (let tried = 1; tried < TRIES && !answer.ok && unknown(answer.problem); tried++) {
      await this.#pause(PAUSE_MS[tried - 1] ?? 0);
      answer = await this.#once<T>(path, init);
    }
    return answer;
  }

  async #once<T>(path: string, init: RequestInit, msMax = TRY_MS_MAX): Promise<Answer<T>> {
    try {
      const response = await this.#fetch(path, { ...init, signal: AbortSignal.timeout(msMax) });
      return await read<T>(response);
    } catch {
      return { ok: false, problem: problem(UNREACHABLE) };
    }
  }
}

/** Not refused, only not answered. */
function unknown(found: Problem): boolean {
  return found.status === 0 || found.status >= 502;
}

function json(method: string, body?: Fields): RequestInit {
  if (!body) return { method };
  return {
    method,
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" },
  };
}

async function read<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text();
  if (response.ok) return { ok: true, value: (text ? JSON.parse(text) : null) as T };
  return { ok: false, problem: refusal(response.status, text) };
}

function refusal(status: number, text: string): Problem {
  try {
    const body = JSON.parse(text) as { code?: unknown; facts?: Fields };
    if (typeof body.code === "string") return problem(body.code, status, body.facts ?? {});
  } catch {
    // Not from us: a proxy in between, or a page of an error.
  }
  return problem(status >= 500 ? "server_error" : UNREACHABLE, status);
}
