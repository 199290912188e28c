"""Style as tests: what no linter asks. What one does ask stands in pyproject.toml."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]

FILE_LINES_MAX = 500
FUNCTION_LINES_MAX = 70
POSITIONAL_PARAMETERS_MAX = 4

VAGUE_NAMES = {"base", "common", "helper", "helpers", "misc", "util", "utils"}

BROAD_HANDLERS = {
    "fairdesk/engine.py:Writer._serve": "a broken log fails one group of commands, not the writer",
    "fairdesk/engine.py:Writer._decide": "a bug met by one command doesn't take the others along",
    "fairdesk/intake/sheets.py:_read_workbook": "a damaged workbook raises anything",
    "fairdesk/web/routes.py:answered": "every request is answered",
    "fairdesk/web/routes.py:answered.guarded": "the handler it makes",
}
"""Where an error of any kind ends one unit of work and the task goes on, and why."""

# In pieces, so that this file doesn't find itself.
UNEXPLAINED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b(?!: \S+ \S+ \S+)")
MACHINE_PATHS = re.compile(r"(?<![\w.~-])/(wo" r"rk|ro" r"ot|ho" r"me/\w+|Us" r"ers/\w+)/")
REGISTRIES = re.compile(
    r"registry\.npm"
    r"js\.org|py"
    r"pi\.org|python"
    r"hosted\.org|deb\.deb"
    r'ian\.org|"resol'
    r'ved":'
)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file git knows of or would take, but for those deleted in the work tree."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def sources(*suffixes: str) -> list[Path]:
    return [path for path in tracked() if path.suffix in suffixes]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.AST, within: str = "") -> Iterator[tuple[str, Function]]:
    """Every function with its dotted name, methods and inner ones too."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Function | ast.ClassDef):
            name = f"{within}.{node.name}" if within else node.name
            if isinstance(node, Function):
                yield name, node
            yield from functions(node, name)
        else:
            yield from functions(node, within)


def found_in_text(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    found = []
    for path in paths:
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a workbook, a list in GBK
        found += [
            f"{name_of(path)}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
            for match in pattern.finditer(text)
        ]
    return found


def test_files_are_short_enough_to_read_at_once() -> None:
    lengths = {
        name_of(path): len(path.read_text("utf-8").splitlines())
        for path in sources(".py", ".ts", ".tsx")
    }
    assert {name: lines for name, lines in lengths.items() if lines > FILE_LINES_MAX} == {}


def test_functions_are_short_enough_to_read_at_once() -> None:
    long = {
        f"{name_of(path)}:{name}": lines
        for path in sources(".py")
        for name, node in functions(parsed(path))
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES_MAX
    }
    assert long == {}


def test_parameters_beyond_the_fourth_are_named() -> None:
    many = [
        f"{name_of(path)}:{name}"
        for path in sources(".py")
        for name, node in functions(parsed(path))
        if len([a for a in node.args.posonlyargs + node.args.args if a.arg not in {"self", "cls"}])
        > POSITIONAL_PARAMETERS_MAX
        and name_of(path).startswith(("fairdesk/", "bench/"))
    ]
    assert many == []


def test_files_are_named_for_what_they_do() -> None:
    vague = [name_of(path) for path in sources(".py", ".ts", ".tsx") if path.stem in VAGUE_NAMES]
    assert vague == []


def test_modules_say_what_they_are_for() -> None:
    silent = [
        name_of(path)
        for path in sources(".py")
        if name_of(path).startswith(("fairdesk/", "bench/"))
        and parsed(path).body
        and ast.get_docstring(parsed(path)) is None
    ]
    assert silent == []


def test_every_module_is_used_by_another() -> None:
    graph = grimp.build_graph("fairdesk", cache_dir=None)
    unused = {
        module
        for module in graph.modules - {"fairdesk", "fairdesk.__main__"}
        if not graph.find_modules_that_directly_import(module)
        and not graph.find_children(module)  # a package is used by what is in it
    }
    assert unused == set()


def test_errors_of_any_kind_are_caught_only_where_named() -> None:
    caught = {
        f"{name_of(path)}:{name}"
        for path in sources(".py")
        if name_of(path).startswith("fairdesk/")
        for name, node in functions(parsed(path))
        for handler in ast.walk(node)
        if isinstance(handler, ast.ExceptHandler)
        and catches_anything(handler)
        and not isinstance(handler.body[-1], ast.Raise)
    }
    assert caught == set(BROAD_HANDLERS)


def catches_anything(handler: ast.ExceptHandler) -> bool:
    kind = handler.type
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(
        each is None or (isinstance(each, ast.Name) and each.id in {"Exception", "BaseException"})
        for each in kinds
    )


def test_what_is_left_to_do_says_why() -> None:
    assert found_in_text(UNEXPLAINED, sources(".py", ".ts", ".tsx", ".css", ".html")) == []


def test_no_file_names_one_machine() -> None:
    assert found_in_text(MACHINE_PATHS, list(tracked())) == []


def test_no_file_names_a_package_registry() -> None:
    assert found_in_text(REGISTRIES, list(tracked())) == []
