from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pytest

from fairdesk.config import Config, ConfigError, load_config

SHIPPED = Path(__file__).parents[2] / "config.toml"


def test_load_config_without_a_file_takes_the_defaults() -> None:
    assert load_config(None) == Config()


def test_shipped_file_states_every_setting_at_its_default() -> None:
    assert tomllib.loads(SHIPPED.read_text("utf-8")) == msgspec.to_builtins(Config())
    assert load_config(SHIPPED) == Config()


def test_load_config_takes_what_is_said_and_leaves_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[server]\nport = 9000\n[fair]\ntime_zone = "Asia/Urumqi"\n')
    config = load_config(file)
    assert (config.server.port, config.fair.time_zone) == (9000, "Asia/Urumqi")
    assert config.server.host == Config().server.host
    assert config.engine == Config().engine


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[server]\nport = '8080'", "server.port: Expected `int`, got `str`"),
        ("[server]\nport = 70000", "server.port: Expected `int` <= 65535"),
        ("[server]\nport = true", "server.port: Expected `int`, got `bool`"),
        ("[server]\nprot = 8080", "there is no setting server.prot"),
        ("[servers]\nport = 8080", "there is no setting servers"),
        ("[server]\npublic_url = 'fair.example.cn'", "server.public_url: Expected `str` matching"),
        ("[engine]\ngroup_max = 0", "engine.group_max: Expected `int` >= 1"),
        ("[streams]\ncut_bytes = 1000", "streams: cut_bytes must be more than behind_bytes"),
        ("[fair]\ntime_zone = 'Asia/Shenzhen'", "fair: there is no time zone 'Asia/Shenzhen'"),
        ("[fair]\ntime_zone = '../passwd'", "fair: there is no time zone '../passwd'"),
        ("[server\nport = 8080", "(at line 1, column 8)"),
    ],
)
def test_load_config_names_the_setting_that_is_wrong(
    tmp_path: Path, text: str, sentence: str
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_config(file)
    assert str(caught.value).startswith(f"{file}: ")
    assert sentence in str(caught.value)


def test_load_config_of_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.toml: No such file"):
        load_config(tmp_path / "absent.toml")


def test_load_config_of_a_file_in_another_encoding_says_so(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes("# 深圳\n".encode("gbk"))
    with pytest.raises(ConfigError, match=r"config\.toml: "):
        load_config(file)
