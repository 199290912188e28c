"""What every test may ask for: a seed, printed, so that a run can be had again; a browser."""

from __future__ import annotations

import secrets
import shutil

import pytest

SEED = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seed", type=int, default=None, help="take this seed wherever chance is")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    given = config.getoption("--seed")
    config.stash[SEED] = secrets.randbelow(2**32) if given is None else given
    if given is not None:  # hypothesis has a way of its own to repeat a failure, lost with a seed
        config.option.hypothesis_seed = str(given)


def pytest_report_header(config: pytest.Config) -> str:
    return f"seed: {config.stash[SEED]} (the same again: --seed={config.stash[SEED]})"


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The run's seed, for everything in a test that is drawn by chance."""
    return request.config.stash[SEED]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser that `make test` finds or installs."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.fail("no Chromium is installed; `make test` installs one or says how")
