import { expect, test } from "vitest";
import { CODE_MAX, Wedge } from "../src/core/wedge";

/** Types `keys` and says which codes came out and which keys went to whoever has the focus. */
function type(wedge: Wedge, keys: Iterable<string>) {
  const codes: string[] = [];
  const passed: string[] = [];
  for (const key of keys) {
    const fed = wedge.feed({ key });
    if (fed.kind === "code") codes.push(fed.code);
    if (fed.kind === "passed") passed.push(key);
  }
  return { codes, passed };
}

test("wedge_frames_a_code_by_prefix_and_enter", () => {
  expect(type(new Wedge("~"), [..."~K7MQ3XP", "Enter"])).toEqual({
    codes: ["K7MQ3XP"],
    passed: [],
  });
});

test("wedge_passes_what_is_typed_outside_a_frame", () => {
  const typed = type(new Wedge("~"), [..."wzg", "Enter", ..."~AB", "Enter", "x"]);
  expect(typed).toEqual({ codes: ["AB"], passed: ["w", "z", "g", "Enter", "x"] });
});

test("wedge_keeps_a_code_whole_whatever_the_time_between_keys", async () => {
  const wedge = new Wedge("~");
  type(wedge, "~K7M");
  await new Promise((resolve) => setImmediate(resolve));
  expect(type(wedge, [..."Q3XP", "Enter"]).codes).toEqual(["K7MQ3XP"]);
});

test("wedge_reads_two_codes_that_follow_each_other", () => {
  expect(type(new Wedge("~"), [..."~AAA", "Enter", ..."~BBB", "Enter"]).codes).toEqual([
    "AAA",
    "BBB",
  ]);
});

test("wedge_takes_shift_inside_a_frame_without_adding_it", () => {
  expect(type(new Wedge("~"), ["Shift", "~", "Shift", "K", "7", "Enter"]).codes).toEqual(["K7"]);
});

test("wedge_knows_a_prefix_of_two_characters", () => {
  const wedge = new Wedge("]Q");
  expect(type(wedge, ["]", "Shift", "Q", "A", "Enter"]).codes).toEqual(["A"]);
  expect(type(wedge, [..."]]QB", "Enter"]).codes).toEqual(["B"]);
});

test("wedge_ignores_an_empty_frame", () => {
  expect(type(new Wedge("~"), ["~", "Enter"])).toEqual({ codes: [], passed: [] });
});

test("wedge_lets_go_at_escape", () => {
  expect(type(new Wedge("~"), ["~", "A", "Escape", "b"])).toEqual({ codes: [], passed: ["b"] });
});

test("wedge_lets_go_of_a_frame_that_never_ends", () => {
  const typed = type(new Wedge("~"), [..."~".concat("x".repeat(CODE_MAX + 1)), "y"]);
  expect(typed).toEqual({ codes: [], passed: ["y"] });
});

test("wedge_without_a_prefix_takes_nothing", () => {
  expect(type(new Wedge(""), [..."~A", "Enter"]).passed).toEqual(["~", "A", "Enter"]);
});
