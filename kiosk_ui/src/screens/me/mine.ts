/** What the seeker does is done in his name, and told at the foot of the page when it is refused. */

import { command } from "../../parts/data";

export type Act = (name: string, fields?: Record<string, unknown>) => Promise<boolean>;

export function actor(fair: string, attendee: string): Act {
  return async (name, fields = {}) => (await command(fair, name, { attendee, ...fields })).ok;
}

/** A collection as a list, each row with its id. */
export function known<T extends object, K extends string>(
  rows: Record<string, T>,
  key: K,
): (T & Record<K, string>)[] {
  return Object.entries(rows).map(([id, row]) => ({ ...row, [key]: id }) as T & Record<K, string>);
}
