import { expect, test } from "vitest";
import { floor } from "../src/core/floor";
import type { BoothSignUp, BoothTopic } from "../src/core/topics";

function signUp(ticket: number, changes: Partial<BoothSignUp> = {}): BoothSignUp {
  return {
    sign_up: `s${ticket}`,
    ticket,
    attendee: `a${ticket}`,
    name: `somebody ${ticket}`,
    state: "waiting",
    position: "",
    signed_up_at: ticket,
    called_at: 0,
    recalls: 0,
    interviewed: false,
    busy_elsewhere: false,
    intention: "",
    offer: "",
    ...changes,
  };
}

function booth(signUps: BoothSignUp[], line: string[]): BoothTopic {
  return {
    queue: Object.fromEntries(signUps.map((row) => [row.sign_up, row])),
    line: { now: { ids: line } },
    positions: {},
    offers: {},
    intentions: {},
    booth: {
      now: {
        booth: "B07",
        enterprise: "",
        name: "",
        checked_in: true,
        phase: "live",
        fair: "f1",
        fair_name: "",
        ends_at: 0,
      },
    },
    stats: { now: { waiting: 0, sign_ups: 0, done: 0, offers: 0, accepted: 0 } },
  };
}

const tickets = (rows: readonly BoothSignUp[]) => rows.map((row) => row.ticket);

test("floor_line_is_in_calling_order_not_in_ticket_order", () => {
  const rows = booth([signUp(1), signUp(2), signUp(3)], ["s3", "s1", "s2"]);
  expect(tickets(floor(rows).line)).toEqual([3, 1, 2]);
});

test("floor_line_leaves_out_a_sign_up_whose_row_is_not_here_yet", () => {
  expect(tickets(floor(booth([signUp(1)], ["s1", "s9"])).line)).toEqual([1]);
});

test("floor_puts_everybody_into_one_place", () => {
  const rows = booth(
    [
      signUp(1, { state: "done", interviewed: true }),
      signUp(2, { state: "interviewing", called_at: 50, interviewed: true }),
      signUp(3, { state: "called", called_at: 40 }),
      signUp(4, { state: "held" }),
      signUp(5, { state: "no_show" }),
      signUp(6),
      signUp(7, { state: "left" }),
      signUp(8, { state: "left", interviewed: true }),
    ],
    ["s6"],
  );
  const found = floor(rows);
  expect(tickets(found.current)).toEqual([3, 2]);
  expect(tickets(found.line)).toEqual([6]);
  expect(tickets(found.aside)).toEqual([4, 5]);
  expect(tickets(found.done)).toEqual([8, 1]);
});
