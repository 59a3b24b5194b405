"""A number from the first screen to the paper without a touch: keys into a real process's window, paper from a virtual
printer."""

import pytest
from PIL import ImageGrab

from tests.kiosk.processes import KioskProcess, sample_config, until, virtual_printer
from tests.kiosk.servers import HallServer

pytestmark = pytest.mark.window

SCAN_MS = 2_000
RING = (0xFF, 0xD6, 0x0A)
LEFT_EDGE = (12, 32)
"""Columns in which the ring's left side stands, around whatever begins at the window's left."""
HEIGHTS = {"search": 1535, "situations": 1683, "take": 1674}
TILES, BELOW = 8, 5
"""Of the first screen: its tiles, and the buttons between them and the basket."""


@pytest.fixture
def server():
    made = HallServer().start()
    yield made
    made.close()


@pytest.fixture
def stand(tmp_path, server):
    """A kiosk with its printer, once both are there; `stand(extra settings of the kiosk)`."""
    ended = []

    def standing(extra=""):
        line = tmp_path / "printer"
        printer = virtual_printer(line, tmp_path / "slips")
        ended.append(printer)
        tokens = tmp_path / "run" / "tokens"
        tokens.mkdir(parents=True)
        (tokens / "kiosk").write_text("secret\n", "ascii")
        until(line.exists, "the printer is there")
        config = sample_config(tmp_path, server.port, line)
        text = config.read_text("utf-8")
        config.write_text(text.replace('[[kiosk]]\nid = "kiosk1"', f'[[kiosk]]\nid = "kiosk1"\n{extra}', 1), "utf-8")
        kiosk = KioskProcess(config, tmp_path)
        ended.append(kiosk.process)
        server.until_seen("report_health")
        kiosk.until_drawn()
        return kiosk

    yield standing
    for process in reversed(ended):
        process.kill()
        process.wait()


def ring_at(place):
    """Whether the ring's left side stands at this button's height."""
    picture = ImageGrab.grab(bbox=(LEFT_EDGE[0], HEIGHTS[place], LEFT_EDGE[1], HEIGHTS[place] + 1), xdisplay="")
    return RING in [pixel for _, pixel in picture.convert("RGB").getcolors()]


def until_ring(place, there=True):
    until(lambda: ring_at(place) is there, f"the ring at {place}: {there}")


def slips(tmp_path):
    return list((tmp_path / "slips").glob("*.png"))


def test_a_number_by_keys_only(stand, server, tmp_path):
    kiosk = stand()
    kiosk.key("Tab", *["Tab"] * TILES)
    until_ring("search")
    kiosk.key("Return")
    kiosk.until_drawn()
    kiosk.key(*"zjjsb")
    kiosk.until_drawn()
    kiosk.key("KP_Enter")
    kiosk.until_drawn()
    kiosk.key("Escape")
    kiosk.until_drawn()
    # Past the basket's 从头开始.
    kiosk.key(*["Tab"] * (TILES + BELOW + 1), "space")
    server.until_seen("plan_visit")
    kiosk.until_drawn()
    kiosk.key("Return")
    server.until_seen("report_print")
    assert len(slips(tmp_path)) == 1
    assert server.seen["issue_ticket"] == 1
    kiosk.until_drawn()
    kiosk.key("Escape", "Escape")
    assert kiosk.process.poll() is None
    kiosk.key("Return")
    kiosk.until_drawn()
    assert kiosk.end() == 0


def test_a_number_by_one_switch_only(stand, server, tmp_path):
    kiosk = stand(f"scan_ms = {SCAN_MS}")
    kiosk.key("space")
    until_ring("situations")
    # Into the line, and onto the first button of it, where the ring stays for another step; the next is the enquiry.
    kiosk.key("space")
    until_ring("situations", there=False)
    kiosk.key("space")
    server.until_seen("plan_visit")
    until_ring("take")
    # The screen has only just come, and takes no press yet: the next time round.
    until_ring("take", there=False)
    until_ring("take")
    kiosk.key("space")
    server.until_seen("report_print")
    assert len(slips(tmp_path)) == 1
    assert kiosk.end() == 0
