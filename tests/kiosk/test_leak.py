"""A thousand visits at one kiosk: nothing of them stays behind in the flow."""

import json
import subprocess
import sys

import pytest

MOST_BLOCKS, MOST_BYTES = 90, 8_192
"""What 900 visits may add: one block in ten visits. A kept visit each would be thousands of blocks."""


@pytest.fixture(scope="module")
def figures():
    """Counted in a process of its own, whatever ran in this one before."""
    argv = [sys.executable, "-m", "tests.kiosk.leaks"]
    told = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def test_a_thousand_visits_leave_nothing_behind(figures):
    assert figures["visits"] == 900
    assert figures["blocks"] <= MOST_BLOCKS, figures
    assert figures["bytes"] <= MOST_BYTES, figures
    assert figures["clean"], "an answer that nobody waits for, or a choice of somebody who has gone"


def test_one_small_object_kept_a_visit_would_be_seen(figures):
    """Far beyond what as many visits may add."""
    allowed = MOST_BLOCKS * figures["planted_visits"] / figures["visits"]
    assert figures["planted_blocks"] >= 4 * allowed, figures
