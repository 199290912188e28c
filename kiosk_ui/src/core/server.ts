/** What the server answers to questions that are not topics. */

import type { FairKind, Phase } from "./topics";

export type PrincipalRole =
  | "admin"
  | "organiser"
  | "door_lead"
  | "door"
  | "statistician"
  | "gate"
  | "booth"
  | "wall"
  | "seeker";

export interface Principal {
  kind: "staff" | "device" | "badge";
  role: PrincipalRole;
  id: string;
  name: string;
  fair: string;
  booth: string;
  gate: string;
  attendee: string;
}

export interface Session {
  principals: Principal[];
  now: number;
}

export interface FairSummary {
  fair: string;
  number: number;
  name: string;
  kind: FairKind;
  phase: Phase;
  venue: string;
  venue_name: string;
  starts_on: string;
  ends_on: string;
}

export interface PersonRow {
  attendee: string;
  name: string;
  phone_tail: string;
  looking_for: string;
  roles: string[];
  badge: string;
  inside: boolean;
  entered_at: number;
  /** Somebody registered with the same phone, "" for nobody. */
  alike: string;
}

export interface Device {
  device: string;
  name: string;
  role: "gate" | "booth" | "wall";
  fair: string;
  gate: string;
  booth: string;
  paired_at: number;
  last_seen_at: number;
  revoked_at: number;
}

export interface Paired {
  token: string;
  device: string;
  role: "gate" | "booth" | "wall";
  fair: string;
  gate: string;
  booth: string;
}

export interface ImportProblem {
  cell: string;
  column: string;
  code: string;
  value: string;
  facts: Record<string, unknown>;
}

export interface ImportRow {
  row: number;
  sheet: string;
  action: "add" | "change" | "same" | "skip" | "refuse";
  label: string;
  problems: ImportProblem[];
}

export interface ImportResult {
  rows: ImportRow[];
  summary: Record<ImportRow["action"], number>;
}

export interface Report {
  fair: Record<string, unknown>;
  figures: { key: string; value: number; definition: { zh: string; en: string } }[];
  by_venue: Record<string, unknown>[];
}
