import { expect, test } from "vitest";
import { stalls } from "../src/core/stalls";
import type { FairTopic, PositionRow } from "../src/core/topics";

const POSITION: PositionRow = {
  booth: "A01",
  enterprise_name: "",
  title: "",
  position_kind: "full_time",
  headcount: 3,
  left: 3,
  pay_min: 0,
  pay_max: 0,
  place: "",
  level: null,
  occupation: "",
};

const booth = (code: string, name: string) => ({
  booth: code,
  enterprise: "",
  name,
  checked_in: true,
  waiting: 0,
});

const ROWS = {
  booths: {
    A10: booth("A10", "云帆软件"),
    A2: booth("A2", "恒达机械"),
    A1: booth("A1", "晨光幼教"),
  },
  positions: {
    p1: { ...POSITION, position: "p1", booth: "A2", title: "数控车工", place: "罗湖区" },
    p2: { ...POSITION, position: "p2", booth: "A2", title: "质检员" },
    p3: { ...POSITION, position: "p3", booth: "A10", title: "前端 Developer" },
  },
} as unknown as FairTopic;

const found = (text: string) =>
  stalls(ROWS, text).map((stall) => [stall.booth, stall.positions.map((one) => one.position)]);

test("stalls_are_in_the_order_of_their_codes", () => {
  expect(found("")).toEqual([
    ["A1", []],
    ["A2", ["p1", "p2"]],
    ["A10", ["p3"]],
  ]);
});

test("stalls_are_found_by_position_place_and_in_any_case", () => {
  expect(found("车工")).toEqual([["A2", ["p1"]]]);
  expect(found("罗湖")).toEqual([["A2", ["p1"]]]);
  expect(found(" ｄEVELOPER ")).toEqual([["A10", ["p3"]]]);
});

test("stalls_found_by_their_own_name_keep_all_their_positions", () => {
  expect(found("恒达")).toEqual([["A2", ["p1", "p2"]]]);
  expect(found("没有这家")).toEqual([]);
});
