/** The door's words for what takes longer: registering, reissuing, setting the device up. */

import { book, type Words } from "../i18n";

const zh = {
  letInTitle: "超出上限放行",
  letInReason: "放行原因",
  walkInTitle: "现场登记",
  name: "姓名",
  phone: "手机号",
  lookingFor: "想找什么工作",
  lookingForHint: "例如：电工、客服、幼教",
  consentTitle: "个人信息告知书",
  agree: "本人已阅读并同意",
  noConsent: "还没有发布告知书，暂时不能登记。",
  maybeSame: "可能已经登记过",
  samePerson: "就是此人",
  register: "登记",
  registerAndIn: "登记并进场",
  registered: "登记好了",
  code: "胸卡短码",
  sharesPhone: "与另一人共用手机号，已提示主办方核对。",
  reissue: "补发胸卡",
  reissueTitle: "补发胸卡",
  reissueUnder: "补发后，原来的胸卡立即作废。",
  reason: "原因",
  newCode: "新的短码",
  prefix: "扫码枪前缀",
  prefixHint: "扫码枪每次先发出这个字符，最后发出回车。留空则扫进输入框。",
  sound: "声音和振动",
  trySound: "试听",
  chooseGate: "选择入口",
  gateCode: "入口编号",
  open: "打开",
};

export type GateForms = Words<typeof zh>;

export const gateForms = book<GateForms>(zh, () => import("./en/gateForms"));
