"""Whoever changes, drops, inserts or swaps a row is found, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from fairdesk.log.record import GENESIS, Broken, ChainWalk, NewRecord, Record, link

COMMITS = (1, 3, 2, 1, 4)
HEAD = sum(COMMITS)


def chain(stream: str = "fair/a") -> list[Record]:
    """A stream of commits of these sizes."""
    rows: list[Record] = []
    previous = GENESIS
    for size in COMMITS:
        first = len(rows) + 1
        new = [
            NewRecord("gate:1", f"C{seq}", "checked_in", 1, f'{{"at":{seq}}}', 1_000 + seq)
            for seq in range(first, first + size)
        ]
        previous = link(previous, stream, first, new)
        rows += [
            Record(stream, seq, r.recorded_at, r.actor, r.command_id, r.kind, r.version, r.body)
            for seq, r in enumerate(new, start=first)
        ]
        rows[-1] = replace(rows[-1], hash=previous)
    return rows


def verdict(rows: list[Record], stream: str = "fair/a") -> Broken | int:
    walk = ChainWalk(stream)
    return walk.take(rows) or walk.end() or walk.head


def test_unbroken_chain_tells_its_head() -> None:
    assert verdict(chain()) == HEAD
    assert verdict([]) == 0
    assert verdict(chain()[:4]) == 4


CHANGES: dict[str, Callable[[Record], Record]] = {
    "body": lambda r: replace(r, body=r.body.replace("{", "{ ")),
    "actor": lambda r: replace(r, actor="gate:2"),
    "command_id": lambda r: replace(r, command_id=r.command_id + "X"),
    "kind": lambda r: replace(r, kind="checked_out"),
    "version": lambda r: replace(r, version=2),
    "recorded_at": lambda r: replace(r, recorded_at=r.recorded_at + 1),
    "stream": lambda r: replace(r, stream="fair/b"),
    # The same characters, parted otherwise between two fields.
    "parting": lambda r: replace(r, actor=r.actor + r.command_id[:1], command_id=r.command_id[1:]),
}


@pytest.mark.parametrize("what", sorted(CHANGES))
@pytest.mark.parametrize("seq", range(1, HEAD + 1))
def test_changed_row_is_found_in_its_commit(what: str, seq: int) -> None:
    rows = chain()
    if what == "stream":
        # The stream's name is part of every row.
        assert isinstance(verdict(rows, "fair/b"), Broken)
        return
    rows[seq - 1] = CHANGES[what](rows[seq - 1])
    found = verdict(rows)
    assert isinstance(found, Broken)
    assert found.reason == "changed"
    end_of_commit = next(row.seq for row in rows if row.hash is not None and row.seq >= seq)
    assert found.seq == end_of_commit


@pytest.mark.parametrize("seq", range(1, HEAD + 1))
def test_changed_link_is_found(seq: int) -> None:
    rows = chain()
    row = rows[seq - 1]
    rows[seq - 1] = replace(row, hash=bytes(32))
    assert isinstance(verdict(rows), Broken)
    if row.hash is not None:
        rows[seq - 1] = replace(row, hash=None)
        assert isinstance(verdict(rows), Broken)


@pytest.mark.parametrize("seq", range(1, HEAD))
def test_dropped_row_is_found(seq: int) -> None:
    rows = chain()
    del rows[seq - 1]
    assert verdict(rows) == Broken("fair/a", seq, "missing")
    # Closing the gap does not hide it.
    closed = [replace(row, seq=place) for place, row in enumerate(rows, start=1)]
    assert isinstance(verdict(closed), Broken)


@pytest.mark.parametrize("seq", range(1, HEAD + 1))
def test_inserted_row_is_found(seq: int) -> None:
    rows = chain()
    rows.insert(seq - 1, replace(rows[seq - 1], hash=None, command_id="INSERTED"))
    assert isinstance(verdict(rows), Broken)
    shifted = [replace(row, seq=place) for place, row in enumerate(rows, start=1)]
    assert isinstance(verdict(shifted), Broken)


@pytest.mark.parametrize("seq", range(1, HEAD))
def test_swapped_rows_are_found(seq: int) -> None:
    rows = chain()
    one, other = rows[seq - 1], rows[seq]
    rows[seq - 1] = replace(other, seq=one.seq, hash=one.hash)
    rows[seq] = replace(one, seq=other.seq, hash=other.hash)
    assert isinstance(verdict(rows), Broken)


@pytest.mark.parametrize("left", range(1, HEAD))
def test_chain_cut_inside_a_commit_is_found(left: int) -> None:
    rows = chain()[:left]
    if rows[-1].hash is None:
        assert verdict(rows) == Broken("fair/a", left, "cut off")
    else:
        assert verdict(rows) == left  # that this is not the head, the heads table knows


def test_rows_of_another_stream_do_not_pass() -> None:
    assert isinstance(verdict(chain("fair/a")[:1] + chain("fair/b")[1:]), Broken)


@pytest.mark.parametrize("size", range(1, HEAD + 1))
def test_chain_taken_in_pieces_is_the_chain_taken_at_once(size: int) -> None:
    walk = ChainWalk("fair/a")
    rows = chain()
    for begin in range(0, HEAD, size):
        assert walk.take(rows[begin : begin + size]) is None
    assert (walk.end(), walk.head, walk.link) == (None, HEAD, rows[-1].hash)
