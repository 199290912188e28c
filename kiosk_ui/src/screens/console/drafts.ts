/** The wording people agree to, as a first draft for an office to make its own. In both languages at once:
 *  what is published is both. */

import type { Purpose } from "../../core/topics";

export const DRAFTS: Partial<Record<Purpose, { zh: string; en: string }>> = {
  registration: {
    zh: "为办理本场活动的登记、入场和统计，我们收集您的姓名、手机号和求职意向。信息加密保存，仅供主办方工作人员办理活动使用，不会公开。您可以随时查看或删除自己的信息，也可以撤回同意；需要更正或复制，请找工作人员。",
    en: "To register you, let you in and count visits we collect your name, phone number and the work you look for. They are kept encrypted, used by the organiser's staff for this fair only, and never made public. You may see or delete them and withdraw at any time; to have them corrected or copied, ask the staff.",
  },
  sign_up: {
    zh: "您同意将姓名、手机号和求职意向提供给您所选展位的企业，用于本次应聘。仅该企业可以看到。您可以随时撤回，撤回后该企业不再看到您的姓名。",
    en: "You agree that your name, phone number and the work you look for are given to the enterprise at the booth you chose, for this application. Only that enterprise sees them. You may withdraw at any time; it then no longer sees your name.",
  },
};
