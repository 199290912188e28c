/** Words of the hall's screen. */

import { book, type Words } from "../i18n";
import type { HappeningKind } from "../topics";

const happened: Record<HappeningKind, (who: string, enterprise: string, booth: string) => string> =
  {
    arrived: (who) => `${who} 入场`,
    signed_up: (who, enterprise, booth) => `${who} 报名 ${booth} ${enterprise}`,
    called: (who, enterprise, booth) => `${who} 请到 ${booth} ${enterprise}`,
    intention: (who, enterprise) => `${who} 与 ${enterprise} 达成初步意向`,
    offer_made: (who, enterprise) => `${enterprise} 向 ${who} 发出录用通知`,
    offer_accepted: (who, enterprise) => `${who} 接受 ${enterprise} 的录用`,
  };

const zh = {
  visitors: "累计到场人数",
  inside: "现场人数",
  enterprises: "参会企业",
  positions: "招聘岗位",
  headcount: "招聘人数",
  signUps: "应聘登记",
  interviews: "现场面谈",
  intentions: "初步意向",
  offers: "录用通知",
  accepted: "接受录用",
  enterprisesTitle: "参会企业",
  positionsTitle: "热招岗位",
  happeningsTitle: "现场动态",
  arrivalsTitle: "入场时段",
  of: (left: number, headcount: number) => `余 ${left} / ${headcount} 人`,
  offered: (positions: number, headcount: number) => `${positions} 个岗位 · ${headcount} 人`,
  nothing: "等待现场数据",
  someone: "一位求职者",
  happened,
};

export type Wall = Words<typeof zh>;

export const wall = book<Wall>(zh, () => import("./en/wall"));
