"""Every reason the domain can give for a refusal is provoked by one of the tests beside this."""

from __future__ import annotations

import ast
from pathlib import Path

HERE = Path(__file__).parent
DOMAIN = Path(__file__).parents[3] / "fairdesk/domain"


def literals(source: Path) -> set[str]:
    return {
        node.value
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def codes(source: Path) -> set[str]:
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Rejection"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_refusal_is_provoked() -> None:
    given = set().union(*(codes(source) for source in DOMAIN.glob("*.py")))
    provoked = set().union(*(literals(source) for source in HERE.glob("test_*.py")))
    assert len(given) > 50
    assert given - provoked == set()
