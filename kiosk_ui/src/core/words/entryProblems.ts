/** Refusals where somebody enters what he is: registering, signing in, pairing. */

import { book, type Words } from "../i18n";

const zh = {
  registration_closed: "报名没有开放。",
  consent_needed: "需要本人同意个人信息告知书。",
  consent_twice: "同一份告知书重复了。",
  consent_text_unknown: "还没有发布告知书，请联系主办方。",
  consent_outdated: "告知书已更新，请阅读新的内容后再同意。",
  already_registered: "此人已经登记过了。",
  name: "姓名不对，请检查。",
  phone: "手机号不对，请检查。",
  wrong_login: "用户名或密码不对。",
  pairing_code_unknown: "配对码不对或已过期，请重新获取。",
};

export type EntryProblems = Words<typeof zh>;

export const entryProblems = book<EntryProblems>(zh, () => import("./en/entryProblems"));
