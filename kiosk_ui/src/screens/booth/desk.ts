/** The booth's rows in the order they are worked through, and what its buttons do. */

import type { BoothSignUp, BoothTopic } from "../../core/topics";
import { command } from "../../parts/data";

export const RECALLS_MAX = 2;

export interface Desk {
  readonly fair: string;
  readonly booth: string;
}

export interface Floor {
  /** Called or being interviewed, who was called first in front. */
  readonly current: readonly BoothSignUp[];
  /** In calling order. */
  readonly line: readonly BoothSignUp[];
  readonly aside: readonly BoothSignUp[];
  /** Interviewed, the latest ticket in front. */
  readonly done: readonly BoothSignUp[];
}

export function floor(rows: BoothTopic): Floor {
  const all = Object.entries(rows.queue).map(([id, row]) => ({ ...row, sign_up: id }));
  const known = new Map(all.map((row) => [row.sign_up, row]));
  const among = (...states: BoothSignUp["state"][]) =>
    all.filter((row) => states.includes(row.state));
  return {
    current: among("called", "interviewing").sort((a, b) => a.called_at - b.called_at),
    line: (rows.line.now?.ids ?? []).flatMap((id) => known.get(id) ?? []),
    aside: among("held", "no_show").sort((a, b) => a.ticket - b.ticket),
    done: all
      .filter((row) => row.state === "done" || (row.state === "left" && row.interviewed))
      .sort((a, b) => b.ticket - a.ticket),
  };
}

export function act(desk: Desk, name: string, fields: Record<string, unknown> = {}) {
  return command(desk.fair, name, { booth: desk.booth, ...fields });
}

/** What the seeker does with his badge at the booth's tablet. */
export function actByBadge(desk: Desk, name: string, fields: Record<string, unknown>) {
  return command(desk.fair, name, fields);
}
