"""Makes the sample lists beside it: invented firms and people, in the state offices send them.

    python docs/sample/make_samples.py

Merged title rows, headers with notes and line breaks, full-width digits, phones that Excel turned
into floats, a wrong check digit, a duplicate row, trailing blanks, a total at the end, pay in every
spelling, GB 18030 with rare characters, a family that shares one phone.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from openpyxl import Workbook

from fairdesk.domain.identifiers import credit_check, organisation_check

HERE = Path(__file__).parent

FIRMS = (
    "清河市恒达精密制造有限公司", "清河市云帆软件技术有限公司", "清河市康宁护理服务有限公司",
    "清河市翠竹餐饮管理有限公司", "清河市鹏程物流有限公司", "清河市蓝湾电气工程有限公司",
    "清河市东升物业服务有限公司", "清河市晨曦教育咨询有限公司", "清河市金桥建筑装饰有限公司",
    "清河市新源新能源科技有限公司", "清河市百汇商贸有限公司", "清河市安达汽车维修有限公司",
    "清河市锦绣服装有限公司", "清河市绿野园林绿化有限公司",
)  # fmt: skip

POSITIONS = (
    (("数控车工", "8", "6500-9000", "全职", "高级工/三级", "车工"), ("质检员", "5人", "5千-6.5千", "全职", "不限", ""), ("生产储备干部", "6", "6K以上", "全职", "", "")),
    (("Java开发工程师", "4", "1.2万-1.8万", "全职", "", "软件开发"), ("软件测试实习生", "6", "150元/天", "实习", "", ""), ("前端开发", "3", "10-15K", "全职", "", "")),
    (("养老护理员", "12", "５５００－７０００", "全职", "初级工", "养老护理员"), ("护士", "6", "6000-8000元/月", "全职", "", "")),
    (("中式烹调师", "5", "7000-9000", "全职", "中级工（四级）", "中式烹调师"), ("服务员", "20", "4500", "全职", "", ""), ("收银员", "4", "4500~5500", "兼职", "", "")),
    (("货车司机", "10", "8000以上", "全职", "", "道路货运"), ("仓库管理员", "8", "5000-6000", "全职", "", ""), ("分拣员", "30", "面议", "兼职", "", "")),
    (("电工", "9", "6500-8500", "全职", "三级", "电工"), ("电气设计助理", "2", "7-9K", "全职", "", "")),
    (("保安员", "25", "4,800-5,500", "全职", "", "保安员"), ("保洁员", "18", "4200", "全职", "", ""), ("水电维修工", "4", "6000-7500", "全职", "中级", "")),
    (("课程顾问", "6", "5000-12000", "全职", "", ""), ("幼教老师", "8", "5500-7500", "全职", "", "")),
    (("焊工", "7", "8000-11000", "全职", "高级工", "焊工"), ("施工员", "4", "7000-10000", "全职", "", ""), ("木工", "6", "9千-1.1万", "全职", "技师", "木工")),
    (("光伏运维工程师", "5", "8000-12000", "全职", "", ""), ("电池装配工", "40", "5500-7500", "全职", "", ""), ("订单班学员", "30", "3000", "订单班", "", "")),
    (("导购员", "15", "4500-8000", "全职", "", ""), ("电商客服", "10", "5000-6500", "全职", "", "")),
    (("汽车维修工", "8", "7000-10000", "全职", "三级", "汽车维修工"), ("钣金喷漆", "4", "8000-12000", "全职", "", "")),
    (("缝纫工", "22", "5000-8000", "全职", "", "缝纫工"), ("裁剪工", "5", "6000-8500", "全职", "", "")),
    (("园林绿化工", "10", "4800-6000", "全职", "", ""), ("花艺师", "2", "6000-9000", "全职", "", "")),
)  # fmt: skip

PEOPLE = [
    "王志刚",
    "李秀英",
    "张伟",
    "刘洋",
    "陈静",
    "杨帆",
    "赵敏",
    "黄丽",
    "周杰",
    "吴昊",
    "徐磊",
    "孙悦",
    "马超",
    "朱琳",
    "胡军",
    "郭佳",
    "何平",
    "高峰",
    "林静",
    "罗丹",
    "梁宇",
    "宋佳",
    "郑凯",
    "谢婷",
    "韩雪",
    "唐亮",
    "冯娟",
    "于涛",
    "董洁",
    "萧然",
    "程辉",
    "曹颖",
    "袁野",
    "邓超",
    "许晴",
    "傅斌",
    "沈丹",
    "曾强",
    "彭丽",
]
WANTS = ("电工", "护理", "司机", "客服", "软件开发", "焊工", "厨师", "文员", "仓管", "")


def credit_code(number: int) -> str:
    organisation = f"MA5X{number:04}"
    first17 = "91440300" + organisation + organisation_check(organisation)
    return first17 + credit_check(first17)


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def enterprises() -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "参会企业"
    sheet["A1"] = "翠竹街道秋季招聘会参会企业名单"
    sheet.merge_cells("A1:E1")
    sheet["A2"] = "填报单位：翠竹街道公共就业服务中心"
    sheet.merge_cells("A2:E2")
    sheet.append(["序号", "单位名称（全称）", "统一社会\n信用代码*", "展位号", "备注"])
    for number, firm in enumerate(FIRMS, start=1):
        code = credit_code(number)
        if number == 3:
            code = full_width(code)
        if number == 5:
            code = code.lower() + "  "
        sheet.append([number, firm, code, f"A{number:02}", None])
    sheet.append([15, FIRMS[0], credit_code(1), "A01", "重复报名"])
    wrong = credit_code(16)
    wrong = wrong[:-1] + ("0" if wrong[-1] != "0" else "1")
    sheet.append([16, "清河市远航贸易有限公司", wrong, "A16", None])
    sheet.append(["合计", "15家", None, None, None])
    book.save(HERE / "enterprises.xlsx")


def positions() -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "岗位"
    sheet["A1"] = "招聘岗位汇总表"
    sheet.merge_cells("A1:H1")
    sheet.append(
        [
            "企业名称",
            "展位",
            "岗位名称",
            "招聘人数",
            "薪资待遇（元/月）",
            "用工形式",
            "技能等级",
            "工种",
            "工作地点",
        ]
    )
    for number, offered in enumerate(POSITIONS, start=1):
        for line, (title, headcount, pay, kind, level, occupation) in enumerate(offered):
            whose = [FIRMS[number - 1], f"Ａ{number:02}"] if line == 0 else [None, None]
            count = float(headcount) if headcount.isdigit() else headcount
            sheet.append([*whose, title, count, pay, kind, level, occupation, "清河区"])
    sheet.append(["合计", None, None, None, None, None, None, None, None])
    book.save(HERE / "positions.xlsx")


def attendees() -> None:
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(["姓名", "联系电话", "求职意向", "身份"])
    for number, name in enumerate(PEOPLE):
        phone = f"138{10_000_000 + number * 7919:08}"
        if number % 5 == 0:
            phone = f"+86 {phone[:3]} {phone[3:7]} {phone[7:]}"
        lines.writerow([name + " " * (number % 3), phone, WANTS[number % len(WANTS)], "求职者"])
    family = "13900001111"
    lines.writerow(["欧阳建国", family, "保安", "求职者"])
    lines.writerow(["欧阳娜", family, "文员", "求职者"])
    lines.writerow(["㛃敏仪", "13700002222", "会计", "求职者"])
    lines.writerow(["阿卜杜拉·买买提", "13600003333", "厨师", "求职者"])
    lines.writerow(["Maria Fernández", "+852 9123 4567", "英语老师", "求职者"])
    lines.writerow(["王志刚", "138 1000 0000", "电工", "求职者"])
    lines.writerow(["缺号码", "1380013", "电工", "求职者"])
    (HERE / "attendees.csv").write_bytes(text.getvalue().encode("gb18030"))


def attendees_phone() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Name", "Mobile", "Work", "Role"])
    for name, phone, work, role in (
        ("𠮷田惠", 13500001001.0, "翻译", "求职者"),
        ("陈大文", 13500001002.0, "电工", "求职者、志愿者"),
        ("邱淑贞", 13500001003.0, "收银", ""),
        ("周杰", "１３５００００１００４", "物流", "志愿者"),
    ):
        sheet.append([name, phone, work, role])
    book.save(HERE / "attendees-phone.xlsx")


if __name__ == "__main__":
    for make in (enterprises, positions, attendees, attendees_phone):
        make()
