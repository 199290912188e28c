/** The door's words: what is on the screen while people pass. */

import { book, type Words } from "../i18n";

const zh = {
  title: "入口",
  in: "进场",
  out: "离场",
  direction: "进场或离场",
  scanLabel: "扫描胸卡或查找",
  scanHint: "扫胸卡，或输入姓名、拼音首字母、手机后四位、短码",
  ready: "请扫描胸卡",
  readyOut: "请扫描离场的胸卡",
  readyUnder: "没有胸卡？输入姓名或手机后四位查找，或现场登记",
  checking: "正在核对…",
  word: {
    in: "请进",
    out: "已离场",
    look: "请留意",
    stop: "不能进",
    full: "请稍候",
    lost: "没有记上",
  },
  lostUnder: "没有连上服务器，这一次没有确认。请再扫一次，或用纸笔记下。",
  remark: {
    already_inside: "此人已在场内：重复进场",
    not_inside: "没有进场记录",
    wrong_day: "不是今天的活动",
    other_gate: "此身份应走其他入口",
    revoked_badge: "胸卡已作废",
    hall_was_full: "当时场内已满",
    not_live: "活动未在进行中",
    merged: "与另一登记合并",
    badge_unknown: "没有发过这张胸卡",
    not_a_badge: "不是本系统的胸卡",
    badge_forged: "胸卡签名不对",
    other_fair: "另一场活动的胸卡",
  },
  letIn: "放行",
  occupancy: "场内人数",
  level: { green: "正常", amber: "接近上限", red: "已满" },
  limit: (red: number) => `上限 ${red}`,
  noLimit: "未设上限",
  through: (entries: number, exits: number) => `本入口 进 ${entries} · 出 ${exits}`,
  recent: "最近进出",
  nobodyYet: "还没有人从这里进出",
  found: (n: number) => `找到 ${n} 人`,
  foundMore: "还有更多，请多输入几个字",
  notFound: "没有找到。可以现场登记。",
  notFoundOf: (text: string) => `没有找到“${text}”`,
  inside: "在场内",
  tail: (tail: string) => `尾号 ${tail}`,
  walkIn: "现场登记",
  details: "详情",
  entered: (time: string) => `${time} 进场`,
  settings: "本机设置",
  back: "回到扫描",
};

export type Gate = Words<typeof zh>;

export const gate = book<Gate>(zh, () => import("./en/gate"));
