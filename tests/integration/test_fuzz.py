"""The interface, fuzzed from its own document: never a 500, and refusals are problems."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings

from fairdesk.web.openapi import document

schema = schemathesis.openapi.from_dict(document())

NOT_TRIED = {"/api/session", "/api/pairings/claim"}
"""Guessing is limited by address: these would only ever answer 429."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, requests.Session]]:
    """A server of its own, and an admin's session: what he may not do is not looked into."""
    data: Path = tmp_path_factory.mktemp("fuzz")
    command = [
        sys.executable, "-m", "fairdesk", "--data", str(data),
        "serve", "--sample", "--host", "127.0.0.1", "--port", "0",
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().split()[-1]
            login, password = (data / "first-login.txt").read_text().split()
            session = requests.Session()
            signed_in = session.post(
                url + "/api/session", json={"login": login, "password": password}, timeout=10
            )
            assert signed_in.ok
            yield url, session
        finally:
            process.kill()


@schema.parametrize()
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_interface_has_an_answer_to_anything(
    case: schemathesis.Case[Any], server: tuple[str, requests.Session]
) -> None:
    if case.path in NOT_TRIED:
        return
    url, session = server
    answer = case.call(base_url=url, session=session)
    assert answer.status_code < 500, (case.as_curl_command(), answer.text)
    if answer.status_code >= 400:
        assert answer.headers["content-type"][0].startswith("application/problem+json")
        assert answer.json()["code"]
