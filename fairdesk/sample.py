"""A sample fair, set up from the lists in docs/sample as an office would."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from fairdesk.domain.district import AddVenue, VenueLevel
from fairdesk.domain.message import Command
from fairdesk.domain.rejection import Rejection
from fairdesk.domain.setup import AddGate, ChangePhase, PublishConsentText, SetOccupancyLimits
from fairdesk.ids import new_id
from fairdesk.intake.columns import ListKind
from fairdesk.intake.lists import read_list
from fairdesk.web.access import Principal
from fairdesk.web.commands import perform
from fairdesk.web.desk import Desk
from fairdesk.web.lists import import_list
from fairdesk.web.offices import PlanFairRequest
from fairdesk.web.offices import perform as perform_district

SAMPLE_FAIR = "sample"
SERVER = Principal("staff", "sample", "admin")

VENUES: tuple[tuple[str, str, VenueLevel, str], ...] = (
    ("qinghe", "清河区", "district", ""),
    ("qinghe-cuizhu", "翠竹街道", "street", "qinghe"),
    ("cuizhu-red", "翠竹街道红色就业驿站", "station", "qinghe-cuizhu"),
)

LISTS: tuple[tuple[ListKind, str], ...] = (
    ("enterprises", "enterprises.xlsx"),
    ("positions", "positions.xlsx"),
    ("attendees", "attendees.csv"),
    ("attendees", "attendees-phone.xlsx"),
)

REGISTRATION_ZH = (
    "为办理本场活动的登记、入场和统计，我们收集您的姓名、手机号和求职意向。信息加密保存，仅供主办方工作人员"
    "办理活动使用，不会公开。您可以随时查看或删除自己的信息，也可以撤回同意；需要更正或复制，请找工作人员。"
)
REGISTRATION_EN = (
    "To register you, let you in and count visits we collect your name, phone number and the work "
    "you look for. They are kept encrypted, used by the organiser's staff for this fair only, and "
    "never made public. You may see or delete them and withdraw at any time; to have them "
    "corrected or copied, ask the staff."
)
SIGN_UP_ZH = (
    "您同意将姓名、手机号和求职意向提供给您所选展位的企业，用于本次应聘。仅该企业可以看到。您可以随时撤回，"
    "撤回后该企业不再看到您的姓名。"
)
SIGN_UP_EN = (
    "You agree that your name, phone number and the work you look for are given to the enterprise "
    "at the booth you chose, for this application. Only that enterprise sees them. You may "
    "withdraw at any time; it then no longer sees your name."
)


def sample_directory() -> Path:
    """Where the sample lists are: in the installed package, or in a checkout's docs."""
    package = Path(__file__).resolve().parent
    installed = package / "sample_lists"
    return installed if installed.is_dir() else package.parent / "docs" / "sample"


async def set_up_sample(desk: Desk) -> None:
    """Venues, a fair that is live from today for a month, its gates, texts and lists.

    Every step may be taken again, so that a set-up that was broken off goes on; once the fair is
    live it is left alone.
    """
    planned = SAMPLE_FAIR in (await desk.district()).fairs
    if planned and (await desk.fair(SAMPLE_FAIR)).setup.phase not in ("draft", "registration"):
        return
    for venue, name, level, parent in VENUES:
        await district(
            desk,
            AddVenue(command_id=new_id(), venue=venue, name=name, level=level, parent=parent),
        )
    if not planned:
        await plan_sample(desk)
    for command in set_up_commands():
        await at_fair(desk, command)
    for kind, filename in LISTS:
        data = (sample_directory() / filename).read_bytes()
        intake = await asyncio.to_thread(read_list, kind, data)
        if isinstance(intake, Rejection):
            raise ValueError(f"{filename}: {intake.code}")
        await import_list(desk, SERVER, SAMPLE_FAIR, intake, dry_run=False)
    await at_fair(desk, ChangePhase(command_id=new_id(), phase="live"))


async def plan_sample(desk: Desk) -> None:
    today = datetime.now(ZoneInfo(desk.config.fair.time_zone)).date()
    await district(
        desk,
        PlanFairRequest(
            command_id=new_id(),
            fair=SAMPLE_FAIR,
            name="翠竹街道秋季招聘会",
            kind="job_fair",
            venue="cuizhu-red",
            starts_on=today.isoformat(),
            ends_on=(today + timedelta(days=30)).isoformat(),
        ),
    )


def set_up_commands() -> list[Command]:
    """Texts, gates and limits of a small fair."""
    return [
        PublishConsentText(
            command_id=new_id(),
            purpose="registration",
            version=1,
            zh=REGISTRATION_ZH,
            en=REGISTRATION_EN,
        ),
        PublishConsentText(
            command_id=new_id(), purpose="sign_up", version=1, zh=SIGN_UP_ZH, en=SIGN_UP_EN
        ),
        AddGate(command_id=new_id(), gate="1", name="东门"),
        AddGate(command_id=new_id(), gate="2", name="西门"),
        SetOccupancyLimits(command_id=new_id(), amber=800, red=1000),
        ChangePhase(command_id=new_id(), phase="registration"),
    ]


async def district(desk: Desk, command: Command) -> None:
    outcome = await perform_district(desk, "server", command)
    if isinstance(outcome, Rejection):
        raise ValueError(f"the sample could not be set up: {outcome.code}")


async def at_fair(desk: Desk, command: Command) -> None:
    outcome = await perform(desk, [SERVER], SAMPLE_FAIR, command)
    if isinstance(outcome, Rejection):
        raise ValueError(f"the sample could not be set up: {outcome.code}")
