import { expect, test } from "vitest";
import { opened, patched } from "../src/core/view";

const snapshot = opened({
  topic: "booth/B07",
  log: "q3v9",
  seq: 840,
  snapshot: { queue: { s41: { ticket: 1 }, s42: { ticket: 2 } }, stats: { now: { waiting: 2 } } },
});

test("view_patch_replaces_whole_rows_and_drops_what_is_gone", () => {
  const view = patched(snapshot, {
    topic: "booth/B07",
    seq: 841,
    set: { queue: { s43: { ticket: 3 } }, offers: { o1: { pay: 8000 } } },
    del: { queue: ["s41"] },
  });
  expect(view).toEqual({
    log: "q3v9",
    seq: 841,
    rows: {
      queue: { s42: { ticket: 2 }, s43: { ticket: 3 } },
      offers: { o1: { pay: 8000 } },
      stats: { now: { waiting: 2 } },
    },
  });
});

test("view_patch_applied_twice_changes_nothing_more", () => {
  const patch = {
    topic: "booth/B07",
    seq: 841,
    set: { stats: { now: { waiting: 1 } } },
    del: { queue: ["s41"] },
  };
  const once = patched(snapshot, patch);
  expect(patched(once, patch)).toEqual(once);
});

test("view_patch_leaves_the_view_before_as_it_was", () => {
  const before = structuredClone(snapshot);
  patched(snapshot, { topic: "booth/B07", seq: 841, del: { queue: ["s41", "s42"] } });
  expect(snapshot).toEqual(before);
});

test("view_patch_keeps_the_identity_of_untouched_collections", () => {
  const view = patched(snapshot, { topic: "booth/B07", seq: 841, del: { queue: ["s41"] } });
  expect(view.rows.stats).toBe(snapshot.rows.stats);
  expect(view.rows.queue).not.toBe(snapshot.rows.queue);
});
