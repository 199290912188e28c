/** The state of this door: which way it lets people, what it last said, what it still asks. */

import { signal } from "@preact/signals";
import { feel } from "../../core/feedback";
import { type Direction, FEELING, SHOWN_MS, type Verdict, verdict } from "../../core/verdict";
import { api } from "../../parts/data";
import { settings } from "../../parts/screen";

export interface Door {
  readonly fair: string;
  readonly number: number;
  readonly gate: string;
}

/** Who stands at the door: what was scanned or typed, or somebody found by name. */
export type Who = { readonly badge: string } | { readonly attendee: string };

export interface Shown {
  readonly verdict: Verdict;
  readonly who: Who;
}

export const direction = signal<Direction>("in");
export const shown = signal<Shown | null>(null);
export const asking = signal(0);
export const sound = signal(settings.get("sound") !== "off");
export const prefix = signal(settings.get("prefix") ?? "");

let calm: ReturnType<typeof setTimeout> | undefined;

/** One scan. Several may be on their way at once: a slow network does not stop the queue. */
export async function pass(door: Door, who: Who, override = ""): Promise<void> {
  const going = direction.value;
  asking.value += 1;
  const fields = { gate: door.gate, ...who };
  const answer =
    going === "in"
      ? await api.command(door.fair, "check-in", { ...fields, override })
      : await api.command(door.fair, "check-out", fields);
  asking.value -= 1;
  show({ verdict: verdict(answer, going), who });
}

function show(next: Shown): void {
  clearTimeout(calm);
  shown.value = next;
  if (sound.value) feel(FEELING[next.verdict.tone]);
  calm = setTimeout(ready, SHOWN_MS[next.verdict.tone]);
}

/** Back to scanning. */
export function ready(): void {
  clearTimeout(calm);
  shown.value = null;
}
