/** The rows of each topic, as the server renders them. Times are ms since the epoch, pay is whole yuan
 *  a month and 0 where nothing was said. */

export type Phase = "draft" | "registration" | "live" | "closed" | "archived";
export type FairKind = "job_fair" | "skills_competition" | "internship_fair" | "training_session";
export type PositionKind = "full_time" | "part_time" | "internship" | "order_class";
export type Role = "seeker" | "contestant" | "recruiter" | "judge" | "mentor" | "volunteer";
export type Level = "green" | "amber" | "red";
export type SignUpState =
  | "waiting"
  | "called"
  | "interviewing"
  | "done"
  | "held"
  | "no_show"
  | "left";
export type OfferState = "made" | "accepted" | "declined" | "withdrawn" | "expired";
export type Purpose = "registration" | "sign_up" | "sensitive";

type Single<T> = { now: T };
type Many<T> = Record<string, T>;

export interface PayRange {
  pay_min: number;
  pay_max: number;
}

export interface PositionRow extends PayRange {
  booth: string;
  enterprise_name: string;
  title: string;
  position_kind: PositionKind;
  headcount: number;
  left: number;
  place: string;
  level: number | null;
  occupation: string;
}

export interface FairTopic {
  fair: Single<{
    fair: string;
    name: string;
    kind: FairKind;
    phase: Phase;
    venue_name: string;
    starts_on: string;
    ends_on: string;
    sign_up_open: boolean;
  }>;
  booths: Many<{
    booth: string;
    enterprise: string;
    name: string;
    checked_in: boolean;
    waiting: number;
  }>;
  positions: Many<PositionRow & { position: string }>;
  consents: Partial<Record<Purpose, { version: number; zh: string; en: string }>>;
}

export interface GateTopic {
  now: Single<{
    gate: string;
    gate_name: string;
    fair_name: string;
    phase: Phase;
    occupancy: number;
    amber: number;
    red: number;
    level: Level;
    entries: number;
    exits: number;
    visitors: number;
  }>;
  recent: Many<{
    at: number;
    attendee: string;
    name: string;
    direction: "in" | "out";
    remarks: string[];
    gate: string;
  }>;
}

export interface BoothSignUp {
  sign_up: string;
  ticket: number;
  attendee: string;
  /** Empty once the seeker withdrew: what was shared is shared no longer. */
  name: string;
  state: SignUpState;
  position: string;
  looking_for?: string;
  signed_up_at: number;
  called_at: number;
  recalls: number;
  interviewed: boolean;
  busy_elsewhere: boolean;
  intention: string;
  offer: string;
}

export interface BoothPosition extends PayRange {
  position: string;
  title: string;
  position_kind: PositionKind;
  headcount: number;
  accepted: number;
  left: number;
  offered: number;
}

export interface BoothOffer {
  offer: string;
  sign_up: string;
  attendee: string;
  name: string;
  ticket: number;
  position: string;
  title: string;
  state: OfferState;
  pay: number;
  terms: string;
  made_at: number;
  answered_at: number;
  valid_until_at: number;
}

export interface BoothIntention {
  intention: string;
  sign_up: string;
  name: string;
  ticket: number;
  position: string;
  title: string;
  confirmed_at: number;
}

export interface BoothTopic {
  booth: Single<{
    booth: string;
    enterprise: string;
    name: string;
    checked_in: boolean;
    phase: Phase;
    fair: string;
    fair_name: string;
    ends_at: number;
  }>;
  queue: Many<BoothSignUp>;
  line: Single<{ ids: string[] }>;
  positions: Many<BoothPosition>;
  offers: Many<BoothOffer>;
  intentions: Many<BoothIntention>;
  stats: Single<{
    waiting: number;
    sign_ups: number;
    done: number;
    offers: number;
    accepted: number;
  }>;
}

export interface Figures {
  visitors: number;
  inside: number;
  enterprises: number;
  positions: number;
  headcount: number;
  sign_ups: number;
  interviews: number;
  intentions: number;
  offers: number;
  accepted: number;
}

export type HappeningKind =
  | "arrived"
  | "signed_up"
  | "called"
  | "intention"
  | "offer_made"
  | "offer_accepted";

export interface WallTopic {
  stats: Single<Figures & { fair_name: string; venue_name: string; phase: Phase }>;
  /** `sign_ups` is null where the group is too small to be shown. */
  enterprises: Many<{
    booth: string;
    name: string;
    positions: number;
    headcount: number;
    sign_ups: number | null;
  }>;
  positions: Many<PositionRow & { position: string }>;
  happenings: Many<{
    at: number;
    what: HappeningKind;
    who: string;
    booth: string;
    enterprise_name: string;
  }>;
  arrivals: Many<{ from_at: number; entries: number }>;
}

export interface CallsTopic {
  calls: Many<{
    ticket: number;
    booth: string;
    enterprise_name: string;
    called_at: number;
    recalls: number;
  }>;
}

export interface MySignUp {
  sign_up: string;
  booth: string;
  enterprise_name: string;
  position: string;
  title: string;
  ticket: number;
  state: SignUpState;
  /** -1 where not waiting. */
  ahead: number;
  called_at: number;
  recalls: number;
}

export interface MyOffer {
  offer: string;
  booth: string;
  enterprise_name: string;
  position: string;
  title: string;
  pay: number;
  terms: string;
  state: OfferState;
  made_at: number;
  valid_until_at: number;
}

export interface MyIntention {
  intention: string;
  booth: string;
  enterprise_name: string;
  title: string;
  confirmed_at: number;
}

export interface MeTopic {
  me: Single<{
    attendee: string;
    name: string;
    fair: string;
    fair_name: string;
    phase: Phase;
    badge: string;
    badge_revoked: boolean;
    erased: boolean;
    roles: Role[];
    inside: boolean;
    consents: { purpose: Purpose; version: number; at: number }[];
  }>;
  sign_ups: Many<MySignUp>;
  offers: Many<MyOffer>;
  intentions: Many<MyIntention>;
}

export interface ConsoleTopic {
  figures: Single<
    Figures & {
      phase: Phase;
      registered: number;
      entries: number;
      exits: number;
      occupancy: number;
      amber: number;
      red: number;
      level: Level;
      booths: number;
      booths_checked_in: number;
      started: number;
    }
  >;
  booths: Many<{
    booth: string;
    enterprise: string;
    name: string;
    checked_in: boolean;
    positions: number;
    waiting: number;
    interviewing?: number;
    done: number;
    sign_ups: number;
    offers: number;
    accepted: number;
  }>;
  gates: Many<{ gate: string; name: string; roles: Role[]; entries: number; exits: number }>;
  suspicions: Many<{
    attendee: string;
    name: string;
    other: string;
    other_name: string;
    merged: boolean;
  }>;
  flags: Many<{ at: number; attendee: string; name: string; gate: string; remarks: string[] }>;
}
