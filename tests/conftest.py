"""For every test: Hypothesis without its stopwatch, which is a benchmark's matter, and without its dice.

A program that is started inside a test may say that what it writes is its owner's alone. That ends with the test: who
makes a Debian package next, in the same process, needs folders that all can read.

Where windows are tested by several processes at once, each has a screen of its own: a finger must not touch another's.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from ticketserver.runner.screens import virtual_screen

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

_open = contextlib.ExitStack()


def pytest_sessionstart(session: pytest.Session) -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        return
    # Kivy makes its folder when it is imported; two processes at once would meet there.
    place = Path(_open.enter_context(tempfile.TemporaryDirectory()))
    os.environ["KIVY_HOME"] = str(place / "kivy")
    if session.config.option.markexpr.startswith("window"):
        os.environ.update(_open.enter_context(virtual_screen(place)))


def pytest_sessionfinish() -> None:
    _open.close()


@pytest.fixture(autouse=True)
def _owner_and_all() -> Iterator[None]:
    before = os.umask(0o077)
    os.umask(before)
    yield
    os.umask(before)
