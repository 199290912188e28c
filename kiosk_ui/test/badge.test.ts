import { expect, test } from "vitest";
import { looksLikeBadge, printed, shortCode } from "../src/core/badge";

// Made by fairdesk.domain.identifiers.short_code(7, serial) for serials 1, 2, 812 and 31^6 - 1.
const CODES = ["FJHN465", "W4296A6", "GB2GSTW", "KGHDXW5"];

test("badge_short_code_of_this_fair_is_known_in_any_spelling", () => {
  for (const code of CODES) {
    expect(shortCode(code, 7)).toBe(code);
    expect(shortCode(printed(code).toLowerCase(), 7)).toBe(code);
    expect(shortCode(` ${code.slice(0, 3)} ${code.slice(3)} `, 7)).toBe(code);
  }
  const wide = String.fromCharCode(...[...(CODES[0] ?? "")].map((c) => c.charCodeAt(0) + 0xfee0));
  expect(shortCode(wide, 7)).toBe(CODES[0]);
});

test("badge_short_code_of_another_fair_is_not_taken_for_one_of_ours", () => {
  for (const code of CODES) expect(shortCode(code, 8)).toBeNull();
});

test("badge_is_told_from_a_name", () => {
  expect(looksLikeBadge("HTTPS://FAIR.EXAMPLE/B/ABCDEF", 7)).toBe(true);
  expect(looksLikeBadge("A".repeat(60), 7)).toBe(true);
  expect(looksLikeBadge(CODES[0] ?? "", 7)).toBe(true);
  for (const name of ["王志刚", "wzg", "5678", "wangzhigang", "Nguyen Van", ""]) {
    expect(looksLikeBadge(name, 7)).toBe(false);
  }
});
