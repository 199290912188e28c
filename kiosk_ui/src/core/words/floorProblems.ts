/** Refusals at the booths: queues, intentions, offers. */

import { book, type Words } from "../i18n";
import { type Facts, fact } from "../problem";

const zh = {
  booth_unknown: "没有这个展位。",
  booth_not_here: "这家企业还没有签到，暂时不能报名。",
  position_unknown: "没有这个岗位。",
  position_withdrawn: "这个岗位已撤下。",
  sign_up_unknown: "没有这条报名。",
  already_signed_up: (f: Facts) => `已经报过名了，号码是 ${fact(f.ticket)}。`,
  not_yours: "这张胸卡不是本人的。",
  sign_up_is: "状态已经变了，请看最新情况。",
  queue_empty: "没有人在排队。",
  all_busy_elsewhere: "排队的人都正在别的展位面谈。",
  recalled_enough: "已经叫过三次，请保留或过号。",
  busy_elsewhere: "此人正在别的展位面谈。",
  not_interviewed: "还没有面谈过。",
  intention_exists: "已经登记过意向。",
  intention_unknown: "没有这条意向。",
  offer_exists: "已经发过录用通知，请先撤回。",
  offer_unknown: "没有这份录用通知。",
  offer_is: "录用通知的状态已经变了。",
  offer_already_expired: "有效期已过。",
  headcount_filled: "这个岗位已经招满。",
};

export type FloorProblems = Words<typeof zh>;

export const floorProblems = book<FloorProblems>(zh, () => import("./en/floorProblems"));
