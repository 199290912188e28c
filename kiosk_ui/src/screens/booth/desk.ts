/** What the booth's buttons do. */

import { command } from "../../parts/data";

export const RECALLS_MAX = 2;

export interface Desk {
  readonly fair: string;
  readonly booth: string;
}

export function act(desk: Desk, name: string, fields: Record<string, unknown> = {}) {
  return command(desk.fair, name, { booth: desk.booth, ...fields });
}

/** What the seeker does with his badge at the booth's tablet. */
export function actByBadge(desk: Desk, name: string, fields: Record<string, unknown>) {
  return command(desk.fair, name, fields);
}
