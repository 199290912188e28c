/** A booth's sign-ups in the order they are worked through. */

import type { BoothSignUp, BoothTopic } from "./topics";

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
