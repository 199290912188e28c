import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { type Book, clock, days, loadEnglish, pay } from "../src/core/i18n";
import { problem } from "../src/core/problem";
import { alsoKnow, sentence } from "../src/core/sentence";
import { entryProblems } from "../src/core/words/entryProblems";
import { floorProblems } from "../src/core/words/floorProblems";
import { officeProblems } from "../src/core/words/officeProblems";
import { problems } from "../src/core/words/problems";

const here = fileURLToPath(new URL(".", import.meta.url));
const server = `${here}../../fairdesk/`;
const shelf = `${here}../src/core/words/`;

beforeAll(loadEnglish);
alsoKnow(entryProblems, floorProblems, officeProblems);

function sources(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(`${folder}${name}`, "utf8"));
}

test("problems_have_words_for_every_code_the_server_may_answer", () => {
  const codes = new Set<string>();
  for (const source of sources(server, ".py")) {
    for (const match of source.matchAll(/\b(?:Rejection|Refused)\(\s*"([a-z_]+)"/g)) {
      codes.add(match[1] ?? "");
    }
  }
  expect(codes.size).toBeGreaterThan(50);
  const worded = { ...problems.zh, ...entryProblems.zh, ...floorProblems.zh, ...officeProblems.zh };
  expect([...codes].filter((code) => !(code in worded)).sort()).toEqual([]);
});

test("problems_speak_of_their_facts", () => {
  const full = problem("hall_full", 409, { occupancy: 812, red: 800 });
  expect(sentence(full, "zh-CN")).toContain("812/800");
  expect(sentence(full, "en")).toContain("812/800");
  const revoked = problem("badge_revoked", 409, { reissued_at: Date.UTC(2026, 10, 23, 2, 42) });
  expect(sentence(revoked, "en")).toContain("10:42");
});

test("problems_that_nobody_knows_still_say_their_code", () => {
  expect(sentence(problem("from_the_future"), "zh-CN")).toContain("from_the_future");
  expect(sentence(problem("toString"), "en")).toContain("toString");
});

/** Every leaf of a book, by its path: words, and functions called with stand-ins. */
function leaves(node: unknown, path: string): [string, string][] {
  if (typeof node === "string") return [[path, node]];
  if (typeof node === "function") return [[path, String(node(7, 7, 7, 7))]];
  return Object.entries(node as object).flatMap(([key, value]) => leaves(value, `${path}.${key}`));
}

test("books_have_the_same_keys_in_both_languages_and_no_empty_word", async () => {
  const names = readdirSync(shelf).filter((name) => name.endsWith(".ts"));
  for (const name of names) {
    const exported: Record<string, unknown> = await import(`${shelf}${name}`);
    for (const [title, found] of Object.entries(exported)) {
      const { zh, load } = found as Book<object>;
      const inChinese = leaves(zh, title);
      const inEnglish = leaves((await load()).default, title);
      expect(inEnglish.map(([path]) => path).sort()).toEqual(
        inChinese.map(([path]) => path).sort(),
      );
      for (const [path, word] of [...inChinese, ...inEnglish]) {
        expect(word.trim(), path).not.toBe("");
      }
      for (const [path, word] of inEnglish) {
        // The switch names the other language in its own script.
        if (path !== "common.language") expect(word, path).not.toMatch(/\p{Script=Han}/u);
      }
    }
  }
  expect(names.length).toBeGreaterThan(4);
});

test("times_are_the_fair's_whatever_the_device's_zone", () => {
  expect(clock(Date.UTC(2026, 10, 23, 2, 42), "zh-CN")).toBe("10:42");
  expect(days("2026-11-23", "2026-11-23", "zh-CN")).toContain("2026年11月23日");
});

test("pay_says_a_range_a_figure_or_that_it_is_open", () => {
  expect(pay(8000, 12000, "zh-CN")).toBe("8,000–12,000 元/月");
  expect(pay(8000, 8000, "en")).toBe("¥8,000 a month");
  expect(pay(0, 9000, "en")).toBe("¥9,000 a month");
  expect(pay(0, 0, "zh-CN")).toBe("薪资面议");
});
