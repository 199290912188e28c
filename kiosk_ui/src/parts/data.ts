/** Between the core and the views: the server, who asks, and topics as state. */

import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { type Answer, Api, type Done, type Fields } from "../core/api";
import type { Problem } from "../core/problem";
import type { FairSummary, Principal, Session } from "../core/server";
import { openStream, type Stream } from "../core/stream";
import { sayProblem } from "./Toasts";

export const api = new Api();

/** Who this browser is, null until known. One browser may be several: staff on a paired tablet. */
export const principals = signal<readonly Principal[] | null>(null);

export async function loadSession(): Promise<readonly Principal[]> {
  const answer = await api.get<Session>("/api/session");
  principals.value = answer.ok ? answer.value.principals : [];
  return principals.value;
}

export async function loadFairs(): Promise<FairSummary[]> {
  const answer = await api.get<{ fairs: FairSummary[] }>("/api/fairs");
  if (answer.ok) return answer.value.fairs;
  sayProblem(answer.problem);
  return [];
}

/** Sends a command; a refusal is told at the foot of the page, and given back. */
export async function command(
  fair: string | null,
  name: string,
  fields: Fields,
): Promise<Answer<Done>> {
  const answer = await api.command(fair, name, fields);
  if (!answer.ok) sayProblem(answer.problem);
  return answer;
}

const streams = new Map<string, Stream>();

/** The page's one stream of a fair. */
export function streamOf(fair: string): Stream {
  let stream = streams.get(fair);
  if (!stream) {
    stream = openStream(fair);
    streams.set(fair, stream);
  }
  return stream;
}

export interface Followed<T> {
  /** What is known, null before the first answer. Kept and shown when the network goes. */
  rows: T | null;
  problem: Problem | null;
}

/** Follows a topic while the view stands; no topic, no following. */
export function useTopic<T extends object>(
  stream: Stream | null,
  topic: string | null,
): Followed<T> {
  const [followed, setFollowed] = useState<Followed<T>>({ rows: null, problem: null });
  useEffect(() => {
    setFollowed({ rows: null, problem: null });
    if (!stream || !topic) return;
    return stream.follow(topic, {
      changed: (view) => setFollowed({ rows: view.rows as T, problem: null }),
      refused: (problem) => setFollowed({ rows: null, problem }),
    });
  }, [stream, topic]);
  return followed;
}
