"""The simulation's own count of what happened, to be held against the server's figures."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """`booths`: enterprise by checked-in booth. People are the names the crowd gave them."""

    booths: dict[str, str] = field(default_factory=dict)
    positions: int = 0
    headcount: int = 0
    registered: int = 0
    visits: set[int] = field(default_factory=set)
    sign_ups: list[int] = field(default_factory=list)
    interviews: int = 0
    intentions: list[int] = field(default_factory=list)
    offers: int = 0
    accepted: list[int] = field(default_factory=list)

    def figures(self) -> dict[str, int]:
        """Under the keys of the server's report."""
        return {
            "enterprise_participations": len(self.booths),
            "enterprises": len(set(self.booths.values())),
            "positions": self.positions,
            "headcount": self.headcount,
            "registered": self.registered,
            "visits": len(self.visits),
            "visitors": len(self.visits),
            "sign_ups": len(self.sign_ups),
            "sign_up_people": len(set(self.sign_ups)),
            "interviews": self.interviews,
            "intention_records": len(self.intentions),
            "intention_people": len(set(self.intentions)),
            "offers_made": self.offers,
            "offers_accepted": len(self.accepted),
            "accepted_people": len(set(self.accepted)),
            "started": 0,
        }


def differences(
    before: dict[str, int], after: dict[str, int], counted: dict[str, int]
) -> dict[str, tuple[int, int]]:
    """Figures the server moved otherwise than we counted: (server, counted) by key."""
    return {
        key: (after[key] - before[key], expected)
        for key, expected in counted.items()
        if after[key] - before[key] != expected
    }
