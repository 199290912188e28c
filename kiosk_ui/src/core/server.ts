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
  /** The row that says the same, 0 for none. */
  repeats: number;
}

export interface ImportResult {
  rows: ImportRow[];
  summary: Record<ImportRow["action"], number>;
  dry_run: boolean;
  unknown_columns: string[];
}

export interface ReportFigure {
  key: string;
  value: number;
  zh: string;
  en: string;
  definition_zh: string;
  definition_en: string;
}

export interface Report {
  /** By fair, the position of the log it was counted at. */
  fairs: Record<string, number>;
  figures: ReportFigure[];
  by_venue: { venue: string; name: string; level: string; figures: Record<string, number> }[];
}

export interface District {
  venues: { venue: string; name: string; level: string; parent: string; tags: string[] }[];
  staff: { staff: string; role: string; login: string; name: string }[];
}
