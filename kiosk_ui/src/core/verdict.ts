/** What the door says about one scan: in, in but look, not in, or nobody knows.
 *
 *  The verdict is made of codes; its words are in words/gate.ts, its sound in feedback.ts. */

import type { Answer, Done, Person } from "./api";
import type { Feeling } from "./feedback";
import type { Problem } from "./problem";

export type Direction = "in" | "out";

export interface Verdict {
  /** `lost`: no answer came, so nobody knows. It is never green. */
  readonly tone: "good" | "look" | "bad" | "lost";
  readonly word: "in" | "out" | "look" | "stop" | "full" | "lost";
  readonly person: Person | null;
  readonly remarks: readonly string[];
  readonly problem: Problem | null;
}

const CALM = { person: null, remarks: [], problem: null } as const;

export function verdict(answer: Answer<Done>, direction: Direction): Verdict {
  if (!answer.ok) return refusal(answer.problem);
  const kind = direction === "in" ? "checked_in" : "checked_out";
  const event = answer.value.events.find((found) => found.kind === kind);
  const remarks = Array.isArray(event?.remarks) ? event.remarks.map(String) : [];
  const person = answer.value.person ?? null;
  if (remarks.length > 0) return { tone: "look", word: "look", person, remarks, problem: null };
  return { tone: "good", word: direction, person, remarks, problem: null };
}

function refusal(problem: Problem): Verdict {
  const silent = problem.status === 0 || problem.status >= 500;
  if (silent) return { ...CALM, tone: "lost", word: "lost", problem };
  return { ...CALM, tone: "bad", word: problem.code === "hall_full" ? "full" : "stop", problem };
}

/** How long it stands before the door is ready for the next one (ms). A scan ends it sooner. */
export const SHOWN_MS: Record<Verdict["tone"], number> = {
  good: 2_500,
  look: 5_000,
  bad: 7_000,
  lost: 10_000,
};

export const FEELING: Record<Verdict["tone"], Feeling> = {
  good: "good",
  look: "look",
  bad: "bad",
  lost: "bad",
};
