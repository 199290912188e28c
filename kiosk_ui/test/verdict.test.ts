import { expect, test } from "vitest";
import type { Answer, Done } from "../src/core/api";
import { problem } from "../src/core/problem";
import { verdict } from "../src/core/verdict";

const WANG = { attendee: "a12", name: "王志刚", roles: ["seeker"], badge: "K7MQ3XP" };

function done(kind: string, remarks: string[] = []): Answer<Done> {
  const events = [{ kind, attendee: "a12", gate: "1", at: 1, remarks, counted: true }];
  return { ok: true, value: { command_id: "x", seq: 1, duplicate: false, events, person: WANG } };
}

test("verdict_is_green_for_who_enters_and_for_who_leaves", () => {
  expect(verdict(done("checked_in"), "in")).toMatchObject({ tone: "good", word: "in" });
  expect(verdict(done("checked_out"), "out")).toMatchObject({ tone: "good", word: "out" });
  expect(verdict(done("checked_in"), "in").person).toEqual(WANG);
});

test("verdict_is_amber_where_somebody_should_look", () => {
  const found = verdict(done("checked_in", ["already_inside", "other_gate"]), "in");
  expect(found).toMatchObject({ tone: "look", word: "look", person: WANG });
  expect(found.remarks).toEqual(["already_inside", "other_gate"]);
});

test("verdict_is_red_for_a_refusal_and_says_hold_where_the_hall_is_full", () => {
  const revoked = verdict({ ok: false, problem: problem("badge_revoked", 409) }, "in");
  expect(revoked).toMatchObject({ tone: "bad", word: "stop", person: null });
  const full = verdict({ ok: false, problem: problem("hall_full", 409) }, "in");
  expect(full).toMatchObject({ tone: "bad", word: "full" });
});

test("verdict_is_never_green_where_nobody_answered", () => {
  for (const silence of [problem("unreachable"), problem("log_unavailable", 503)]) {
    expect(verdict({ ok: false, problem: silence }, "in")).toMatchObject({ tone: "lost" });
  }
});
