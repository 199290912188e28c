/** Every refusal in words. A code the server may answer and that is missing here fails a test. */

import { book, clock, type Language } from "../i18n";
import type { Problem } from "../problem";
import { common } from "./common";

type Facts = Readonly<Record<string, unknown>>;

const time = (at: unknown, language: Language) =>
  typeof at === "number" && at > 0 ? clock(at, language) : "";

export const problems = book(
  {
    // The way to the server, and the door of the server.
    unreachable: "连不上服务器，请检查网络后再试。",
    server_error: "服务器出错了，请稍后再试，或联系技术人员。",
    log_unavailable: "服务器暂时无法保存数据，这一步没有生效，请稍后再试。",
    bad_json: "提交的内容格式不对。",
    bad_message: "提交的内容格式不对。",
    message_too_large: "提交的内容太大。",
    body_too_large: "提交的内容太大。",
    invalid_input: (f: Facts) =>
      f.path ? `填写的内容有误：${String(f.path)}` : "填写的内容有误，请检查。",
    not_signed_in: "请先登录。",
    not_allowed: "您的账号或设备没有这项权限。",
    wrong_origin: "请从本系统的网页操作。",
    wrong_login: "用户名或密码不对。",
    pairing_code_unknown: "配对码不对或已过期，请重新获取。",
    not_found: "没有找到。",
    fair_not_found: "没有找到这场活动。",
    method_not_allowed: "不支持这项操作。",
    too_many_attempts: (f: Facts) =>
      f.retry_after_s
        ? `尝试次数过多，请 ${String(f.retry_after_s)} 秒后再试。`
        : "尝试次数过多，请稍后再试。",
    too_many_topics: "打开的内容太多，请关闭一些。",
    topic_unknown: "没有找到这项内容。",
    // The door.
    attendee_or_badge: "请扫描胸卡，或选择一个人。",
    attendee_unknown: "没有找到这个人。",
    attendee_erased: "此人已要求删除个人信息。",
    not_a_badge: "这不是本系统的胸卡码。",
    badge_unknown: "没有发过这张胸卡。",
    badge_forged: "胸卡签名不对，疑似伪造。",
    badge_revoked: (f: Facts) => {
      const at = time(f.reissued_at, "zh-CN");
      return at ? `胸卡已作废，${at} 补发过新卡。` : "胸卡已作废。";
    },
    other_fair: "这是另一场活动的胸卡。",
    hall_full: (f: Facts) =>
      `场内已满（${String(f.occupancy ?? "")}/${String(f.red ?? "")}），请稍候。`,
    fair_not_live: "活动没有在进行中。",
    gate_unknown: "没有这个入口。",
    // Registering.
    registration_closed: "报名没有开放。",
    consent_needed: "需要本人同意个人信息告知书。",
    consent_twice: "同一份告知书重复了。",
    consent_text_unknown: "还没有发布告知书，请联系主办方。",
    consent_outdated: "告知书已更新，请阅读新的内容后再同意。",
    name: "姓名不对，请检查。",
    phone: "手机号不对，请检查。",
    identity_length: "证件号码应为 18 位。",
    identity_character: "证件号码里有不该出现的字符。",
    identity_place: "证件号码的地区不对。",
    identity_birth: "证件号码里的出生日期不对。",
    identity_check: "证件号码校验不对，请逐位核对。",
    already_merged: "已经合并过了。",
    merge_with_itself: "不能与自己合并。",
    not_merged: "没有合并过。",
    // Exhibitors and positions.
    credit_code_length: "统一社会信用代码应为 18 位。",
    credit_code_character: (f: Facts) =>
      f.at ? `统一社会信用代码第 ${String(f.at)} 位不对。` : "统一社会信用代码里有不该出现的字符。",
    credit_code_department: "统一社会信用代码首位不对。",
    credit_code_place: "统一社会信用代码的地区不对。",
    credit_code_check: "统一社会信用代码校验不对，请逐位核对。",
    credit_code_organisation: "统一社会信用代码中的组织机构代码不对。",
    skill_level: "技能等级不对。",
    occupation_code: "职业代码不对。",
    enterprise_unknown: "没有这家企业。",
    booth_taken: "这个展位已有企业。",
    booth_unknown: "没有这个展位。",
    booth_not_here: "这家企业还没有签到，暂时不能报名。",
    position_unknown: "没有这个岗位。",
    position_withdrawn: "这个岗位已撤下。",
    pay_range_reversed: "最低薪资高于最高薪资。",
    headcount_below_accepted: "招聘人数不能少于已接受的人数。",
    // Queues, intentions, offers.
    sign_up_unknown: "没有这条报名。",
    already_signed_up: (f: Facts) => `已经报过名了，号码是 ${String(f.ticket ?? "")}。`,
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
    // Setting up.
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
    password_too_short: "密码太短。",
    last_admin: "至少要保留一名管理员。",
    device_exists: "设备已存在。",
    device_unknown: "没有这台设备。",
    booth_needed: "请选择展位。",
    gate_needed: "请选择入口。",
    // Files.
    file_unreadable: "文件读不出来，请另存为 XLSX 或 CSV 再试。",
    column_missing: "缺少必需的列。",
    unknown: (f: Facts) => `操作没有成功（${String(f.code ?? "")}）。`,
  },
  {
    unreachable: "The server can't be reached. Check the network and try again.",
    server_error: "The server failed. Try again in a moment, or call the technician.",
    log_unavailable:
      "The server can't save right now, so nothing was changed. Try again in a moment.",
    bad_json: "What was sent could not be read.",
    bad_message: "What was sent could not be read.",
    message_too_large: "What was sent is too large.",
    body_too_large: "What was sent is too large.",
    invalid_input: (f) =>
      f.path ? `Please check this entry: ${String(f.path)}` : "Please check what was entered.",
    not_signed_in: "Please sign in first.",
    not_allowed: "Your account or device may not do this.",
    wrong_origin: "Please use this system's own pages.",
    wrong_login: "Wrong login or password.",
    pairing_code_unknown: "That code is wrong or has expired. Ask for a new one.",
    not_found: "Not found.",
    fair_not_found: "This fair was not found.",
    method_not_allowed: "That can't be done here.",
    too_many_attempts: (f) =>
      f.retry_after_s
        ? `Too many attempts. Try again in ${String(f.retry_after_s)} seconds.`
        : "Too many attempts. Try again later.",
    too_many_topics: "Too much is open at once. Close something.",
    topic_unknown: "Not found.",
    attendee_or_badge: "Scan a badge, or choose a person.",
    attendee_unknown: "This person was not found.",
    attendee_erased: "This person asked to be forgotten.",
    not_a_badge: "This is not one of our badges.",
    badge_unknown: "No such badge was issued.",
    badge_forged: "The badge's signature is wrong; it may be forged.",
    badge_revoked: (f) => {
      const at = time(f.reissued_at, "en");
      return at ? `This badge is void: a new one was issued at ${at}.` : "This badge is void.";
    },
    other_fair: "This badge belongs to another fair.",
    hall_full: (f) =>
      `The hall is full (${String(f.occupancy ?? "")}/${String(f.red ?? "")}). Please wait.`,
    fair_not_live: "The fair is not open at the moment.",
    gate_unknown: "There is no such gate.",
    registration_closed: "Registration is not open.",
    consent_needed: "The person must agree to the privacy notice.",
    consent_twice: "The same notice was given twice.",
    consent_text_unknown: "No privacy notice has been published yet. Ask the organiser.",
    consent_outdated: "The notice has changed. Read the new one before agreeing.",
    name: "Please check the name.",
    phone: "Please check the phone number.",
    identity_length: "An identity number has 18 characters.",
    identity_character: "The identity number holds a character it can't have.",
    identity_place: "The place in the identity number is wrong.",
    identity_birth: "The birth date in the identity number is wrong.",
    identity_check: "The identity number's check is wrong. Compare each digit.",
    already_merged: "Already merged.",
    merge_with_itself: "A person can't be merged with themselves.",
    not_merged: "Not merged.",
    credit_code_length: "A unified social credit code has 18 characters.",
    credit_code_character: (f) =>
      f.at
        ? `Character ${String(f.at)} of the credit code is wrong.`
        : "The credit code holds a character it can't have.",
    credit_code_department: "The credit code's first character is wrong.",
    credit_code_place: "The place in the credit code is wrong.",
    credit_code_check: "The credit code's check is wrong. Compare each character.",
    credit_code_organisation: "The organisation code within the credit code is wrong.",
    skill_level: "No such skill level.",
    occupation_code: "No such occupation code.",
    enterprise_unknown: "No such enterprise.",
    booth_taken: "Another enterprise has this booth.",
    booth_unknown: "There is no such booth.",
    booth_not_here: "This enterprise has not checked in yet.",
    position_unknown: "There is no such position.",
    position_withdrawn: "This position was withdrawn.",
    pay_range_reversed: "The lowest pay is above the highest.",
    headcount_below_accepted: "The headcount can't be less than the offers accepted.",
    sign_up_unknown: "There is no such sign-up.",
    already_signed_up: (f) => `Already signed up, with number ${String(f.ticket ?? "")}.`,
    not_yours: "This badge belongs to someone else.",
    sign_up_is: "This has changed meanwhile. Look at how it stands now.",
    queue_empty: "Nobody is waiting.",
    all_busy_elsewhere: "Everyone waiting is being interviewed at another booth.",
    recalled_enough: "Called three times already. Put on hold, or mark as no-show.",
    busy_elsewhere: "This person is at another booth right now.",
    not_interviewed: "There has been no interview yet.",
    intention_exists: "An intention is already recorded.",
    intention_unknown: "There is no such intention.",
    offer_exists: "There is an offer already. Withdraw it first.",
    offer_unknown: "There is no such offer.",
    offer_is: "This offer has changed meanwhile.",
    offer_already_expired: "That time has passed.",
    headcount_filled: "This position is filled.",
    fair_not_set_up: "The fair is not set up yet.",
    fair_already_set_up: "The fair is set up already.",
    fair_exists: "Another fair has this code.",
    fair_closed: "The fair is over and can't be changed.",
    fair_ends_before_it_starts: "It ends before it starts.",
    phase_not_next: "The fair can't go to that phase from here.",
    reason_needed: "Please give a reason.",
    amber_above_red: "The warning level can't be above the limit.",
    consent_version_taken: "That version has other words.",
    consent_version_not_next: "Versions count up one by one.",
    venue_unknown: "There is no such venue.",
    venue_above_itself: "A venue can't stand above itself.",
    staff_exists: "This login exists already.",
    staff_unknown: "There is no such account.",
    login_taken: "This login exists already.",
    password_too_short: "The password is too short.",
    last_admin: "One administrator must remain.",
    device_exists: "The device exists already.",
    device_unknown: "There is no such device.",
    booth_needed: "Choose a booth.",
    gate_needed: "Choose a gate.",
    file_unreadable: "The file can't be read. Save it as XLSX or CSV and try again.",
    column_missing: "A required column is missing.",
    unknown: (f) => `That did not work (${String(f.code ?? "")}).`,
  },
);

/** The sentence for a refusal. */
export function sentence(problem: Problem, language: Language): string {
  const words = problems[language] as Record<string, string | ((facts: Facts) => string)>;
  const found = Object.hasOwn(words, problem.code) ? words[problem.code] : undefined;
  if (found === undefined) return problems[language].unknown({ code: problem.code });
  return typeof found === "string" ? found : found(problem.facts);
}

/** `sentence`, where the state it speaks of is known: "offer: accepted". */
export function sentenceWithState(problem: Problem, language: Language): string {
  const states = { ...common[language].signUpState, ...common[language].offerState };
  const state = (states as Record<string, string>)[String(problem.facts.state ?? "")];
  return sentence(problem, language) + (state ? ` (${state})` : "");
}
