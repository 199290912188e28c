"""A transport that holds what is written until the test reads it."""

from __future__ import annotations


class Pipe:
    def __init__(self) -> None:
        self.waiting: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        assert not self.closed
        self.waiting.append(data)

    def is_closing(self) -> bool:
        return self.closed

    def get_write_buffer_size(self) -> int:
        return sum(map(len, self.waiting))

    def abort(self) -> None:
        self.closed = True
        self.waiting.clear()

    def read(self, frames: int | None = None) -> list[bytes]:
        """The next frames, or all of them."""
        count = len(self.waiting) if frames is None else frames
        some = self.waiting[:count]
        del self.waiting[:count]
        return some
