/** A clock for views that say how long ago something was. */

import { signal } from "@preact/signals";

const STEP_MS = 15_000;

export const now = signal(Date.now());

setInterval(() => {
  now.value = Date.now();
}, STEP_MS);

/** Whole minutes since `at` (ms), never negative: clocks of devices differ. */
export function minutesSince(at: number): number {
  return Math.max(0, Math.floor((now.value - at) / 60_000));
}
