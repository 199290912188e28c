/** Words of the first page. */

import { book, type Words } from "../i18n";

const zh = {
  title: "招聘会现场系统",
  under: "登记、入场、排队、面谈、录用，一处看清",
  none: "还没有公开的活动。",
  staffHint: "工作人员登录后可以看到筹备中的活动。",
  me: "我要求职",
  meUnder: "用手机登记，看号，收录用通知",
  gate: "入口",
  gateUnder: "扫码入场、查人、现场登记",
  booth: "企业展位",
  boothUnder: "叫号、面谈、意向、录用",
  wall: "大屏",
  wallUnder: "现场实时数据",
  console: "管理台",
  consoleUnder: "活动、名单、设备、统计",
  docs: "接口文档",
  signedIn: "当前身份",
};

export type Index = Words<typeof zh>;

export const index = book<Index>(zh, () => import("./en/index"));
