/** Refusals while a fair is set up: exhibitors, venues, staff, devices, imported lists. */

import { book, type Words } from "../i18n";
import { type Facts, fact } from "../problem";

const zh = {
  identity_length: "证件号码应为 18 位。",
  identity_character: "证件号码里有不该出现的字符。",
  identity_place: "证件号码的地区不对。",
  identity_birth: "证件号码里的出生日期不对。",
  identity_check: "证件号码校验不对，请逐位核对。",
  already_merged: "已经合并过了。",
  merge_with_itself: "不能与自己合并。",
  not_merged: "没有合并过。",
  credit_code_length: "统一社会信用代码应为 18 位。",
  credit_code_character: (f: Facts) =>
    f.at ? `统一社会信用代码第 ${fact(f.at)} 位不对。` : "统一社会信用代码里有不该出现的字符。",
  credit_code_department: "统一社会信用代码首位不对。",
  credit_code_place: "统一社会信用代码的地区不对。",
  credit_code_check: "统一社会信用代码校验不对，请逐位核对。",
  credit_code_organisation: "统一社会信用代码中的组织机构代码不对。",
  skill_level: "技能等级不对。",
  occupation_code: "职业代码不对。",
  enterprise_without_booth: "这家企业没有展位。",
  enterprise_unknown: "没有这家企业。",
  booth_taken: "这个展位已有企业。",
  pay_range_reversed: "最低薪资高于最高薪资。",
  headcount_below_accepted: "招聘人数不能少于已接受的人数。",
  fair_not_set_up: "活动还没有建立。",
  fair_already_set_up: "活动已经建立。",
  fair_exists: "这个代码已被别的活动使用。",
  fair_closed: "活动已结束，不能再改。",
  fair_ends_before_it_starts: "结束早于开始。",
  phase_not_next: "不能直接转到这个阶段。",
  reason_needed: "请写明原因。",
  amber_above_red: "预警人数不能高于上限。",
  consent_version_taken: "这个版本号已有别的内容。",
  consent_version_not_next: "版本号应逐一递增。",
  venue_unknown: "没有这个场地。",
  venue_above_itself: "场地不能属于自己。",
  staff_exists: "这个用户名已存在。",
  staff_unknown: "没有这个账号。",
  login_taken: "这个用户名已存在。",
  last_admin: "至少要保留一名管理员。",
  device_exists: "设备已存在。",
  device_unknown: "没有这台设备。",
  booth_needed: "请选择展位。",
  gate_needed: "请选择入口。",
  header_missing: "没有找到表头，请检查列名。",
  booth_code: "展位号不对。",
  headcount: "招聘人数不对。",
  pay: "薪资不对。",
  position_kind: "岗位类型不对。",
  role: "身份不对。",
  cell_empty: "必填的单元格是空的。",
  list_too_large: "名单太大，请分成几份。",
  list_unreadable: "文件读不出来，请另存为 XLSX 或 CSV 再试。",
  not_a_day: "日期不对。",
};

export type OfficeProblems = Words<typeof zh>;

export const officeProblems = book<OfficeProblems>(zh, () => import("./en/officeProblems"));
