/** Refusals that any screen may meet: the way to the server, and the door. */

import { book, clock, type Words } from "../i18n";
import { type Facts, fact } from "../problem";

const zh = {
  unreachable: "连不上服务器，请检查网络后再试。",
  server_error: "服务器出错了，请稍后再试，或联系技术人员。",
  internal: "服务器出错了，请稍后再试，或联系技术人员。",
  log_unavailable: "服务器暂时无法保存数据，这一步没有生效，请稍后再试。",
  overloaded: "现在太忙，请稍后再试。",
  come_back: "现在太忙，正在重新连接。",
  bad_json: "提交的内容格式不对。",
  bad_request: "提交的内容格式不对。",
  bad_message: "提交的内容格式不对。",
  message_too_large: "提交的内容太大。",
  body_too_large: "提交的内容太大。",
  invalid_input: (f: Facts) =>
    f.path ? `填写的内容有误：${fact(f.path)}` : "填写的内容有误，请检查。",
  not_signed_in: "请先登录。",
  not_allowed: "您的账号或设备没有这项权限。",
  bad_origin: "请从本系统的网页操作。",
  link_not_valid: "这个链接已失效，请向工作人员索取新的。",
  not_found: "没有找到。",
  fair_not_found: "没有找到这场活动。",
  method_not_allowed: "不支持这项操作。",
  command_unknown: "不支持这项操作。",
  too_many_attempts: (f: Facts) =>
    f.retry_after_s
      ? `尝试次数过多，请 ${fact(f.retry_after_s)} 秒后再试。`
      : "尝试次数过多，请稍后再试。",
  too_many_topics: "打开的内容太多，请关闭一些。",
  topic_unknown: "没有找到这项内容。",
  attendee_or_badge: "请扫描胸卡，或选择一个人。",
  attendee_unknown: "没有找到这个人。",
  attendee_erased: "此人已要求删除个人信息。",
  not_a_badge: "这不是本系统的胸卡码。",
  badge_unknown: "没有发过这张胸卡。",
  badge_forged: "胸卡签名不对，疑似伪造。",
  badge_revoked: (f: Facts) => {
    const at = typeof f.reissued_at === "number" && clock(f.reissued_at, "zh-CN");
    return at ? `胸卡已作废，${at} 补发过新卡。` : "胸卡已作废。";
  },
  other_fair: "这是另一场活动的胸卡。",
  hall_full: (f: Facts) => `场内已满（${fact(f.occupancy)}/${fact(f.red)}），请稍候。`,
  fair_not_live: "活动没有在进行中。",
  gate_unknown: "没有这个入口。",
  unknown: (f: Facts) => `操作没有成功（${fact(f.code)}）。`,
};

export type Problems = Words<typeof zh>;

export const problems = book<Problems>(zh, () => import("./en/problems"));
