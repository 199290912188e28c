"""Documentation as a test: the interface, its refusals and every setting are described."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import msgspec
import pytest

from fairdesk.cli import main
from fairdesk.config import Config
from fairdesk.domain.decider import FAIR_COMMANDS, FAIR_EVENTS
from fairdesk.domain.district import DISTRICT_COMMANDS, DISTRICT_EVENTS
from fairdesk.stream.views import KINDS
from fairdesk.web.problem import STATUS

ROOT = Path(__file__).parents[1]
INTERFACE = ROOT / "docs/interface.md"
OPERATING = ROOT / "docs/operating.md"
WORDS = ROOT / "kiosk_ui/src/core/words"


def tags(structs: object) -> set[str]:
    assert isinstance(structs, dict)
    return {struct.__struct_config__.tag for struct in structs}


def codes() -> set[str]:
    """Every code a refusal can carry: the literal ones in the source, and those with a status."""
    literal = {
        node.args[0].value
        for path in (ROOT / "fairdesk").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"Rejection", "Refused"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }
    return literal | set(STATUS)


def settings() -> set[str]:
    sections = msgspec.to_builtins(Config())
    return {f"{section}.{name}" for section in sections for name in sections[section]}


@pytest.mark.parametrize(
    ("page", "names"),
    [
        pytest.param(INTERFACE, tags(FAIR_COMMANDS), id="fair commands"),
        pytest.param(INTERFACE, tags(FAIR_EVENTS), id="fair events"),
        pytest.param(INTERFACE, tags(DISTRICT_COMMANDS), id="district commands"),
        pytest.param(INTERFACE, tags(DISTRICT_EVENTS), id="district events"),
        pytest.param(INTERFACE, codes(), id="problem codes"),
        pytest.param(INTERFACE, set(KINDS), id="topics"),
        pytest.param(
            INTERFACE,
            {name for kind in KINDS.values() for name in kind.collections},
            id="collections",
        ),
        pytest.param(OPERATING, settings(), id="settings"),
        pytest.param(OPERATING, {f"fairdesk {verb}" for verb in main.commands}, id="verbs"),
    ],
)
def test_page_mentions_each(page: Path, names: set[str]) -> None:
    text = page.read_text("utf-8")
    assert {name for name in names if not re.search(f"`{re.escape(name)}[` /]", text)} == set()


def test_every_refusal_has_words_on_the_screens() -> None:
    spoken = "".join(path.read_text("utf-8") for path in WORDS.rglob("*.ts"))
    assert {code for code in codes() if f"{code}:" not in spoken} == set()
