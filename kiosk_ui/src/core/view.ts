/** A topic as a client keeps it: named collections of whole rows. These are the thirty lines.
 *
 *  A snapshot replaces everything, a patch replaces the rows it names and drops those it says are
 *  gone. Rows are whole, so a patch applied twice, or two merged into one, ends the same. */

export type Row = object;
export type Rows = Readonly<Record<string, Readonly<Record<string, Row>>>>;

export interface View {
  /** The life of the log and the position in it: what to say when coming back. */
  readonly log: string;
  readonly seq: number;
  readonly rows: Rows;
}

export interface Snapshot {
  readonly topic: string;
  readonly log: string;
  readonly seq: number;
  readonly snapshot: Rows;
}

export interface Patch {
  readonly topic: string;
  readonly seq: number;
  readonly set?: Rows;
  readonly del?: Readonly<Record<string, readonly string[]>>;
}

export function opened(message: Snapshot): View {
  return { log: message.log, seq: message.seq, rows: message.snapshot };
}

/** Collections a patch doesn't name stay the same objects, so a screen redraws only what changed. */
export function patched(view: View, message: Patch): View {
  const rows: Record<string, Readonly<Record<string, Row>>> = { ...view.rows };
  for (const [name, changed] of Object.entries(message.set ?? {})) {
    rows[name] = { ...rows[name], ...changed };
  }
  for (const [name, gone] of Object.entries(message.del ?? {})) {
    const kept = { ...rows[name] };
    for (const id of gone) delete kept[id];
    rows[name] = kept;
  }
  return { log: view.log, seq: message.seq, rows };
}
