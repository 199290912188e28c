"""What each figure of the report counts, in both languages. The order is the report's."""

from __future__ import annotations

import msgspec


class Definition(msgspec.Struct, frozen=True):
    key: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str


DEFINITIONS = (
    Definition(
        "enterprise_participations",
        "参会企业（家次）",
        "Enterprise participations",
        "现场签到的展位数；未到场的展位不计。同一企业参加多场，每场计一次。",
        "Booths that checked in. A booth that did not come does not count; an enterprise at "
        "several fairs counts once at each.",
    ),
    Definition(
        "enterprises",
        "参会企业（家）",
        "Distinct enterprises",
        "现场签到的展位所属企业，按统一社会信用代码去重。",
        "Enterprises of the booths that checked in, each credit code once.",
    ),
    Definition(
        "positions",
        "岗位（个）",
        "Position titles",
        "现场签到的展位提供且未撤回的岗位条数。",
        "Positions of the booths that checked in, without those withdrawn.",
    ),
    Definition(
        "headcount",
        "招聘人数（人）",
        "Headcount offered",
        "上述岗位的招聘人数之和。",
        "The sum of the headcounts of these positions.",
    ),
    Definition(
        "registered",
        "登记（人次）",
        "Registrations",
        "登记参会的记录数；已合并的重复登记只计一次。",
        "Registrations; one that was merged into another does not count.",
    ),
    Definition(
        "visits",
        "入场（人次）",
        "Visits",
        "至少入场一次的登记；同一人参加多场，每场计一次；同场多次进出计一次。",
        "Registrations that entered at least once. A person counts once at each fair, however "
        "often he went in and out.",
    ),
    Definition(
        "visitors",
        "入场（人）",
        "Distinct visitors",
        "入场人员按人去重：合并的登记为一人；姓名与手机号均相同者在各场之间为同一人。",
        "Visits by distinct people: merged registrations are one, and so are those of different "
        "fairs with the same name and phone.",
    ),
    Definition(
        "sign_ups",
        "应聘登记（条）",
        "Sign-ups",
        "求职者在展位的报名记录，含后来撤回的。",
        "Sign-ups at booths, with those withdrawn later.",
    ),
    Definition(
        "sign_up_people",
        "应聘登记（人）",
        "People who signed up",
        "上述记录涉及的人，按人去重。",
        "Distinct people among the sign-ups.",
    ),
    Definition(
        "interviews",
        "现场面谈（次）",
        "Interviews",
        "已开始面谈的报名记录，每条计一次。",
        "Sign-ups whose interview began, each once.",
    ),
    Definition(
        "intention_records",
        "初步就业意向（条）",
        "Intention records",
        "企业记录并经求职者确认的初步就业意向。",
        "Preliminary employment intentions recorded by the enterprise and confirmed by the seeker.",
    ),
    Definition(
        "intention_people",
        "初步就业意向（人）",
        "People with an intention",
        "上述意向涉及的人，按人去重。",
        "Distinct people among the intention records.",
    ),
    Definition(
        "offers_made",
        "现场录用通知（份）",
        "Offers made",
        "现场发出的录用通知，含后来被拒绝、撤回或过期的。",
        "Offers made on site, whatever became of them.",
    ),
    Definition(
        "offers_accepted",
        "接受录用（份）",
        "Offers accepted",
        "求职者已接受的录用通知。",
        "Offers the seeker accepted.",
    ),
    Definition(
        "accepted_people",
        "接受录用（人）",
        "People who accepted",
        "接受录用的人，按人去重。",
        "Distinct people among the accepted offers.",
    ),
    Definition(
        "started",
        "已上岗（份）",
        "Started work",
        "接受录用且回访确认已上岗的录用通知。",
        "Accepted offers for which the follow-up recorded a start.",
    ),
)
