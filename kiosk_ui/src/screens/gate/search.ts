/** Finding people while somebody types. Answers that come late are dropped. */

import { useEffect, useState } from "preact/hooks";
import { looksLikeBadge } from "../../core/badge";
import type { PersonRow } from "../../core/server";
import { api } from "../../parts/data";
import { sayProblem } from "../../parts/Toasts";
import type { Door } from "./desk";

const PAUSE_MS = 180;
export const FOUND_MAX = 8;

export interface Found {
  /** What was looked for: the list is of use only while that is still what is typed. */
  readonly text: string;
  readonly people: readonly PersonRow[];
  readonly more: boolean;
}

export async function find(door: Door, text: string): Promise<Found | null> {
  const asked = new URLSearchParams({ q: text, limit: String(FOUND_MAX) });
  const answer = await api.get<{ people: PersonRow[]; more: boolean }>(
    `/api/fairs/${door.fair}/people?${asked}`,
  );
  if (answer.ok) return { text, people: answer.value.people, more: answer.value.more };
  sayProblem(answer.problem);
  return null;
}

export function useFound(door: Door, typed: string): Found | null {
  const [found, setFound] = useState<Found | null>(null);
  const text = typed.trim();
  useEffect(() => {
    if (!text || looksLikeBadge(text, door.number)) {
      setFound(null);
      return;
    }
    let late = false;
    const pause = setTimeout(async () => {
      const answer = await find(door, text);
      if (!late && answer) setFound(answer);
    }, PAUSE_MS);
    return () => {
      late = true;
      clearTimeout(pause);
    };
  }, [door, text]);
  return found;
}
