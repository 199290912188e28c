/** Words of the sign-in page. */

import { book, type Words } from "../i18n";

const zh = {
  title: "登录",
  staff: "工作人员",
  device: "配对本机",
  how: "登录方式",
  login: "用户名",
  password: "密码",
  signIn: "登录",
  staffUnder: "主办方与入口工作人员用账号登录。",
  code: "六位配对码",
  pair: "配对",
  deviceUnder: "平板或大屏用配对码登录一次即可。配对码在管理台“设备”页生成。",
  signedInAs: (name: string) => `已登录：${name}`,
  other: "换一个账号",
};

export type Login = Words<typeof zh>;

export const login = book<Login>(zh, () => import("./en/login"));
