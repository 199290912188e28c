"""Who is who: the vault's names in memory, and finding people by whatever a volunteer remembers.

Names are looked up by person id for every row of a screen, and searched by name, pinyin, initials
(wzg for 王志刚), last four digits of the phone, or short code of the badge. A search reads one
prepared line of text per attendee.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import msgspec
from pypinyin import Style, lazy_pinyin

from fairdesk.domain.fair import Attendee, Fair
from fairdesk.domain.identifiers import compact, fold, short_code
from fairdesk.log.people import ErasePerson, PersonChange, PutPerson, Vault
from fairdesk.log.store import Store

SLICE = 2_000


class Details(msgspec.Struct, frozen=True, gc=False):
    """What the vault holds of a person. `phone` is canonical; `id_number` needs its own consent."""

    name: str
    phone: str = ""
    looking_for: str = ""
    id_number: str = ""


class Line(msgspec.Struct, frozen=True, gc=False):
    """What one attendee is found by: `text` holds every spelling, each behind a bar."""

    attendee: str
    text: str


def spellings(details: Details) -> str:
    """`|王志刚|wangzhigang|wzg|5678`, all folded and in lower case."""
    name = fold(details.name).lower()
    full = "".join(lazy_pinyin(name)).replace(" ", "")
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).replace(" ", "")
    return f"|{name.replace(' ', '')}|{full}|{initials}|{details.phone[-4:]}"


class Roster:
    """Details of everybody at the fairs that are loaded. Search lines are kept for each fair."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self._store = store
        self._vault = vault
        self._details: dict[str, Details] = {}
        self._lines: dict[str, dict[str, Line]] = {}
        self._ready: set[str] = set()
        self._attendees: dict[str, dict[str, str]] = {}

    def details(self, person: str) -> Details | None:
        return self._details.get(person)

    def name(self, person: str) -> str:
        """Empty for whoever was erased."""
        found = self._details.get(person)
        return found.name if found else ""

    def looking_for(self, person: str) -> str:
        found = self._details.get(person)
        return found.looking_for if found else ""

    def put(self, person: str, details: Details) -> PutPerson:
        """The vault's row for these details; it counts once it is committed."""
        return self._vault.seal(person, msgspec.json.encode(details), details.phone)

    def take(self, changes: Iterable[PersonChange]) -> None:
        """Follow what was committed to the vault."""
        for change in changes:
            match change:
                case PutPerson():
                    self._open(change)
                case ErasePerson():
                    self._details.pop(change.person, None)

    def _open(self, row: PutPerson) -> None:
        self._details[row.person] = msgspec.json.decode(self._vault.open(row), type=Details)

    async def same_phone(self, phone: str) -> list[tuple[str, Details]]:
        """Everybody in the vault with this phone, over all fairs."""
        rows = await self._store.people_by_phone(self._vault.phone_hash(phone))
        return [
            (row.person, msgspec.json.decode(self._vault.open(row), type=Details)) for row in rows
        ]

    def has(self, stream: str) -> bool:
        """Whether everybody of this fair is at hand."""
        return stream in self._ready

    async def load(self, stream: str, fair: Fair) -> None:
        """Bring in everybody of a fair. Names are there when it returns."""
        if stream in self._ready:
            return
        attendees = list(fair.admission.attendees.values())
        missing = [a.person for a in attendees if a.person not in self._details]
        for start in range(0, len(missing), SLICE):
            for row in await self._store.people(missing[start : start + SLICE]):
                self._open(row)
        self._attendees[stream] = {a.person: a.attendee for a in attendees}
        lines = self._lines.setdefault(stream, {})
        for start in range(0, len(attendees), SLICE):
            some = attendees[start : start + SLICE]
            made = await asyncio.to_thread(lambda some=some: [self._line(fair, a) for a in some])  # type: ignore[misc]
            for line in made:
                if line:
                    lines.setdefault(line.attendee, line)
        self._ready.add(stream)

    def unload(self, stream: str) -> None:
        self._ready.discard(stream)
        self._lines.pop(stream, None)
        self._attendees.pop(stream, None)

    def attendee(self, stream: str, person: str) -> str | None:
        """The attendee this person is at a loaded fair."""
        return self._attendees.get(stream, {}).get(person)

    def note(self, stream: str, fair: Fair, attendees: Iterable[str]) -> None:
        """These attendees are new, or hold another badge, or are gone."""
        lines = self._lines.get(stream)
        if lines is None:
            return
        for attendee in attendees:
            found = fair.admission.attendees[attendee]
            self._attendees[stream][found.person] = attendee
            line = self._line(fair, found)
            if line:
                lines[attendee] = line
            else:
                lines.pop(attendee, None)

    def _line(self, fair: Fair, attendee: Attendee) -> Line | None:
        details = self._details.get(attendee.person)
        if details is None or attendee.merged_into:
            return None
        code = short_code(fair.setup.number, attendee.badge) if attendee.badge else ""
        return Line(attendee.attendee, f"{spellings(details)}|{code.lower()}|")

    def search(self, stream: str, query: str, *, after: int, limit: int) -> tuple[list[str], bool]:
        """Attendees whose line holds `query`; those where a spelling begins with it come first.

        Skips `after` of them, gives at most `limit`, and says whether there are more.
        """
        sought = fold(query).lower().replace(" ", "")
        if not sought:
            return [], False
        if len(compact(sought)) == 7:
            sought = compact(sought).lower()
        lines = self._lines.get(stream, {}).values()
        found = [line for line in lines if sought in line.text]
        begins, whole = f"|{sought}", f"|{sought}|"
        found.sort(key=lambda line: (whole not in line.text, begins not in line.text))
        page = found[after : after + limit]
        return [line.attendee for line in page], len(found) > after + limit
