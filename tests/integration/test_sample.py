"""The sample fair: what `make run` serves."""

from __future__ import annotations

from pathlib import Path

from fairdesk.app import open_desk
from fairdesk.domain.district import AddVenue
from fairdesk.ids import new_id
from fairdesk.sample import SAMPLE_FAIR, plan_sample, set_up_sample
from fairdesk.sample import district as at_district
from tests.integration.conftest import config_at


async def test_sample_is_set_up_once_and_left_alone(tmp_path: Path) -> None:
    async with open_desk(config_at(tmp_path)) as desk:
        await set_up_sample(desk)
        fair, head = await desk.fair_at(SAMPLE_FAIR)
        assert fair.setup.phase == "live"
        assert len(fair.setup.booths) == 14
        assert len(fair.setup.positions) == 34
        assert len(fair.admission.attendees) == 48
        await set_up_sample(desk)
        assert (await desk.fair_at(SAMPLE_FAIR))[1] == head


async def test_sample_that_was_broken_off_goes_on(tmp_path: Path) -> None:
    async with open_desk(config_at(tmp_path)) as desk:
        for venue, parent in (("qinghe", ""), ("qinghe-cuizhu", "qinghe"), ("cuizhu-red", "")):
            await at_district(
                desk,
                AddVenue(command_id=new_id(), venue=venue, name=venue, level="site", parent=parent),
            )
        await plan_sample(desk)
        await set_up_sample(desk)
        assert (await desk.fair(SAMPLE_FAIR)).setup.phase == "live"
