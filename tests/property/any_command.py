"""Any command the interface lets in: a strategy for each, made of the bounds on its fields."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

from fairdesk.domain.message import Command

POINTERS = ("a1", "a2", "s1", "s2", "p1", "o1", "i1", "B01", "B02", "1", "2")
"""Ids that are there, so that not every command misses."""


def values(kind: inspect.Type) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.StrType():
            return texts(kind)
        case inspect.IntType():
            return st.integers(-(2**63) if kind.ge is None else kind.ge, kind.le or 2**63 - 1)
        case inspect.BoolType():
            return st.booleans()
        case inspect.NoneType():
            return st.none()
        case inspect.LiteralType():
            return st.sampled_from(kind.values)
        case inspect.UnionType():
            return st.one_of([values(one) for one in kind.types])
        case inspect.VarTupleType():
            longest = min(kind.max_length or 4, 4)
            return st.lists(values(kind.item_type), min_size=kind.min_length or 0, max_size=longest)
        case inspect.StructType():
            return fields_of(kind.cls)
    raise NotImplementedError(kind)


def texts(kind: inspect.StrType) -> st.SearchStrategy[str]:
    longest = kind.max_length or 60
    if kind.pattern is None:
        drawn = st.text(min_size=kind.min_length or 0, max_size=longest)
        return st.one_of(drawn, st.sampled_from(POINTERS))
    made = st.from_regex(kind.pattern, fullmatch=True).filter(
        lambda text: (kind.min_length or 0) <= len(text) <= longest
    )
    fitting = [pointer for pointer in POINTERS if re.search(kind.pattern, pointer)]
    return st.one_of(made, st.sampled_from(fitting)) if fitting else made


@cache
def fields_of(kind: type[msgspec.Struct]) -> st.SearchStrategy[dict[str, Any]]:
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    needed = {f.encode_name: values(f.type) for f in info.fields if f.required}
    optional = {f.encode_name: values(f.type) for f in info.fields if not f.required}
    return st.fixed_dictionaries(needed, optional=optional)


def any_of(kind: type[Command]) -> st.SearchStrategy[Command]:
    """Whatever passes the bounds of this command."""
    tag = str(kind.__struct_config__.tag)
    return fields_of(kind).map(lambda fields: msgspec.convert({"command": tag, **fields}, kind))
