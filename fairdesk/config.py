"""The settings: config.toml as values. What each means stands in that file."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

Positive = Annotated[int, msgspec.Meta(gt=0)]


class ConfigError(Exception):
    """The file can't be used; the message names the setting."""


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Server(Section, frozen=True):
    host: str = "0.0.0.0"
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 8080
    public_url: Annotated[str, msgspec.Meta(pattern=r"^(https?://[^/\s]+/?)?$")] = ""
    body_bytes_max: Positive = 1_000_000
    upload_bytes_max: Positive = 20_000_000


class Data(Section, frozen=True):
    directory: str = "data"


class EngineSettings(Section, frozen=True):
    group_max: Positive = 256
    queue_max: Positive = 10_000
    snapshot_every_events: Positive = 50_000
    idle_unload_minutes: Positive = 60


class Streams(Section, frozen=True):
    tick_ms: Annotated[int, msgspec.Meta(ge=0)] = 50
    ping_s: Positive = 25
    pong_timeout_s: Positive = 10
    head_s: Positive = 15
    behind_bytes: Positive = 262_144
    cut_bytes: Positive = 1_048_576
    accept_per_second: Positive = 400

    def __post_init__(self) -> None:
        if self.cut_bytes <= self.behind_bytes:
            raise ValueError("cut_bytes must be more than behind_bytes")


class Access(Section, frozen=True):
    session_hours: Positive = 14
    pairing_code_minutes: Positive = 10
    failed_attempts_max: Positive = 5
    failed_attempts_window_minutes: Positive = 10


class FairSettings(Section, frozen=True):
    time_zone: str = "Asia/Shanghai"

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"there is no time zone {self.time_zone!r}") from None


class Config(Section, frozen=True):
    server: Server = Server()
    data: Data = Data()
    engine: EngineSettings = EngineSettings()
    streams: Streams = Streams()
    access: Access = Access()
    fair: FairSettings = FairSettings()


def load_config(path: Path | None) -> Config:
    """Read a file, or take every setting as it is without one. Raises ConfigError."""
    if path is None:
        return Config()
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Config)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {_worded(str(error))}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from None


def _worded(error: str) -> str:
    """msgspec's `Expected `int`, got `str` - at `$.server.port`` with the setting first."""
    reason, _, place = error.partition(" - at `$")
    place = place.strip("`.")
    if unknown := re.search(r"unknown field `(.*)`", reason):
        return f"there is no setting {'.'.join(filter(None, (place, unknown[1])))}"
    return f"{place}: {reason}"
