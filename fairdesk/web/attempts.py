"""Rate limits: failed logins and pairing codes by who tries, connections by the second."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable

KEYS_MAX = 10_000


class Attempts:
    """At most `most` failures in `window_ms` for a key; older keys are forgotten first."""

    def __init__(self, most: int, window_ms: int) -> None:
        self._most = most
        self._window_ms = window_ms
        self._failed: OrderedDict[str, deque[int]] = OrderedDict()

    def wait_ms(self, key: str, now: int) -> int:
        """How long the next attempt has to wait, 0 for not at all."""
        failed = self._failed.get(key)
        if failed is None:
            return 0
        while failed and failed[0] <= now - self._window_ms:
            failed.popleft()
        if not failed:
            del self._failed[key]
            return 0
        return failed[0] + self._window_ms - now if len(failed) >= self._most else 0

    def failed(self, key: str, now: int) -> None:
        self._failed.setdefault(key, deque(maxlen=self._most)).append(now)
        self._failed.move_to_end(key)
        if len(self._failed) > KEYS_MAX:
            self._failed.popitem(last=False)

    def succeeded(self, key: str) -> None:
        self._failed.pop(key, None)


class Throttle:
    """A token bucket: `per_second` on average, as many at once."""

    def __init__(self, per_second: int, time_s: Callable[[], float]) -> None:
        self._per_second = per_second
        self._time_s = time_s
        self._tokens = float(per_second)
        self._at = time_s()

    def take(self) -> bool:
        now = self._time_s()
        self._tokens = min(self._per_second, self._tokens + (now - self._at) * self._per_second)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
