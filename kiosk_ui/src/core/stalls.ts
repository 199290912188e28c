/** What a fair offers, booth by booth, and finding something in it. */

import type { FairTopic, PositionRow } from "./topics";

export type Listed = PositionRow & { position: string };

export interface Stall {
  readonly booth: string;
  readonly name: string;
  readonly here: boolean;
  readonly waiting: number;
  readonly positions: readonly Listed[];
}

/** Booths in order of their codes, each with those of its positions that `text` is found in; a
 *  booth whose own name matches keeps them all. */
export function stalls(rows: FairTopic, text: string): Stall[] {
  const wanted = text.normalize("NFKC").trim().toLowerCase();
  const holds = (...texts: string[]) => texts.join(" ").toLowerCase().includes(wanted);
  const found: Stall[] = [];
  for (const [code, booth] of Object.entries(rows.booths)) {
    const own = Object.entries(rows.positions)
      .filter(([, position]) => position.booth === code)
      .map(([position, row]) => ({ ...row, position }));
    const named = holds(code, booth.name);
    const positions = named
      ? own
      : own.filter((row) => holds(row.title, row.place, row.occupation));
    if (named || positions.length > 0) {
      const { name, checked_in: here, waiting } = booth;
      found.push({ booth: code, name, here, waiting, positions });
    }
  }
  return found.sort((a, b) => a.booth.localeCompare(b.booth, "en", { numeric: true }));
}
