"""One person's day through the real pages, from an office's lists to the report."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from fairdesk.app import first_login
from tests.e2e.conftest import DESK, HALL, PHONE, TABLET
from tests.integration.conftest import Hall

pytestmark = pytest.mark.e2e

SAMPLE = Path(__file__).parents[2] / "docs" / "sample"
FAIR = "spring"
NAME = "欧阳静怡"

NewPage = Callable[[tuple[int, int]], Awaitable[Page]]


async def sign_in(page: Page, hall: Hall) -> None:
    login = first_login(hall.desk.config)
    assert login is not None
    await page.goto(f"{hall.url}/login?next=/console")
    await page.get_by_label("用户名").fill(login[0])
    await page.get_by_label("密码").fill(login[1])
    await page.get_by_role("button", name="登录", exact=True).click()
    await expect(page.get_by_role("heading", name="管理台")).to_be_visible()


async def plan(page: Page) -> None:
    await page.get_by_label("场地名称").fill("翠竹街道就业驿站")
    await page.get_by_label("场地代码").fill("cuizhu")
    await page.get_by_role("button", name="保存").click()
    await page.get_by_label("活动名称").fill("春季招聘会")
    await page.get_by_label("活动代码").fill(FAIR)
    await page.get_by_role("button", name="建立").click()
    await expect(page.get_by_role("heading", name="春季招聘会")).to_be_visible()


async def set_up(page: Page) -> None:
    """A gate, and the texts people agree to, as they are proposed."""
    await page.get_by_label("编号").fill("1")
    await page.get_by_label("名称", exact=True).fill("东门")
    await page.get_by_role("button", name="添加入口").click()
    await expect(page.get_by_role("cell", name="东门")).to_be_visible()
    write = page.get_by_role("button", name="撰写")
    for left in (1, 0):
        await write.first.click()
        await page.get_by_role("button", name="发布第 1 版").click()
        await expect(write).to_have_count(left)
    await page.get_by_role("button", name="转为“报名中”").click()
    await page.get_by_role("button", name="确认").click()
    await expect(page.get_by_text("报名中：公众可以登记")).to_be_visible()


async def bring_in(page: Page, kind: str, file: str, added: int) -> None:
    """Import a list: first what would happen, then for real."""
    await page.get_by_label("名单", exact=True).select_option(kind)
    await page.locator("input[type=file]").set_input_files(SAMPLE / file)
    await page.get_by_role("button", name="先看结果").click()
    await expect(page.get_by_text(f"新增 {added}")).to_be_visible()
    await page.get_by_role("button", name="确认导入").click()
    await expect(page.get_by_text("已导入", exact=True)).to_be_visible()


async def go_live(page: Page) -> None:
    await page.get_by_role("tab", name="概况").click()
    await page.get_by_role("button", name="转为“进行中”").click()
    await page.get_by_role("button", name="确认").click()
    await expect(page.get_by_text("进行中：可以入场")).to_be_visible()


async def pair_booth(console: Page, tablet: Page, hall: Hall) -> None:
    await console.get_by_role("tab", name="设备").click()
    await console.get_by_label("用途").select_option("booth")
    await console.get_by_role("button", name="生成配对码").click()
    code = await console.locator(".pair-code strong").inner_text()
    await tablet.goto(f"{hall.url}/login")
    await tablet.get_by_role("button", name="配对本机").click()
    await tablet.get_by_label("六位配对码").fill(code)
    await tablet.get_by_role("button", name="配对", exact=True).click()
    await tablet.get_by_role("button", name="展位签到").click()
    await expect(tablet.get_by_role("button", name="叫下一位")).to_be_visible()


async def register(phone: Page, hall: Hall) -> str:
    """On the seeker's own phone; gives the short code of the badge."""
    await phone.goto(f"{hall.url}/me?fair={FAIR}")
    await phone.get_by_label("姓名").fill(NAME)
    await phone.get_by_label("手机号").fill("138 0013 8000")
    await phone.get_by_label("想找什么工作").fill("数控")
    await phone.get_by_text("我已阅读并同意").click()
    await phone.get_by_role("button", name="登记", exact=True).click()
    await phone.get_by_role("button", name="胸卡").click()
    picture = phone.get_by_role("img", name="胸卡二维码")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("img => img.complete && img.naturalWidth > 0")
    return await phone.locator(".badge .code").inner_text()


async def let_in(door: Page, hall: Hall) -> None:
    await door.goto(f"{hall.url}/gate?fair={FAIR}&gate=1")
    await door.get_by_role("searchbox").or_(door.locator("main input").first).first.fill("oyjy")
    await expect(door.get_by_text(NAME)).to_be_visible()
    await door.locator("li.person").get_by_role("button", name="进场").click()
    await expect(door.get_by_text("请进", exact=True).first).to_be_visible()


async def sign_up(phone: Page) -> None:
    await phone.get_by_role("button", name="岗位").click()
    await phone.get_by_role("button", name="报名", exact=True).first.click()
    sheet = phone.get_by_role("dialog")
    await expect(sheet.get_by_text("同意将我的姓名和联系方式提供给")).to_be_visible()
    await sheet.get_by_text("我已阅读并同意").click()
    await sheet.get_by_role("button", name="报名", exact=True).click()
    await expect(phone.get_by_text("下一位就是您").first).to_be_visible()


async def test_day_from_imported_lists_to_an_offer_in_the_report(
    empty_hall: Hall, people: NewPage
) -> None:
    hall = empty_hall
    console, tablet, phone = await people(DESK), await people(TABLET), await people(PHONE)
    door, wall = await people(TABLET), await people(HALL)

    await sign_in(console, hall)
    await plan(console)
    await set_up(console)
    await console.get_by_role("tab", name="名单").click()
    await bring_in(console, "enterprises", "enterprises.xlsx", added=14)
    await bring_in(console, "positions", "positions.xlsx", added=34)
    await bring_in(console, "attendees", "attendees.csv", added=44)
    await go_live(console)
    await pair_booth(console, tablet, hall)
    await wall.goto(f"{hall.url}/wall?fair={FAIR}")

    await register(phone, hall)
    await door.context.add_cookies(await console.context.cookies())  # type: ignore[arg-type]
    await let_in(door, hall)
    await sign_up(phone)

    # The booth sees it without asking.
    await expect(tablet.get_by_text(NAME)).to_be_visible()
    await tablet.get_by_role("button", name="叫下一位").click()
    await expect(phone.get_by_text("轮到您了")).to_be_visible()
    await phone.get_by_role("button", name="知道了").click()
    await tablet.get_by_role("button", name="开始面谈").click()
    await tablet.get_by_role("button", name="结束面谈").click()
    await tablet.get_by_role("button", name="发录用通知").click()
    await tablet.get_by_label("月薪（元）").fill("7000")
    await tablet.get_by_role("dialog").get_by_role("button", name="发出").click()

    await phone.get_by_role("button", name="排队").click()
    await phone.get_by_role("button", name="接受", exact=True).click()
    await phone.get_by_role("dialog").get_by_role("button", name="接受", exact=True).click()
    await expect(phone.get_by_text("已接受").first).to_be_visible()

    await expect(wall.locator(".pair dd").last).to_have_text("1")
    await expect(wall.get_by_text("欧阳* 接受").first).to_be_visible()
    assert NAME not in await wall.content()
    await console.get_by_role("tab", name="统计").click()
    accepted = console.get_by_role("row").filter(has_text="接受录用（人）").first
    await expect(accepted).to_contain_text("1")
