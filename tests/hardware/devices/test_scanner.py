"""A scanner on an in-memory line in hand-moved time: serial, on command, and in keyboard mode."""

import pytest

from hardware.codecs.gm65 import READ_SPEED, TRIGGER
from hardware.codecs.keyboard_text import KeyboardText
from hardware.codecs.scan_text import SAME_MS, ScanDecoder
from hardware.devices.reading_health import ReadingHealth
from hardware.devices.scanner import ASK_MS, SILENT_AFTER, WINDOW_MS, Scanned, Scanner
from hardware.sim.scanner_engine import ScannerEngine
from tests.hardware.devices.readings import Bench

TOKEN = "AbCdEfGhIjKlMnOpQrSt-_"
URL = f"https://hall.example/t/{TOKEN}"


def bench(mode: str = "serial", silence_ms: int | None = None) -> Bench:
    def make(link):
        reading = KeyboardText if mode == "keyboard" else lambda: ScanDecoder(silence_ms)
        return Scanner(link, reading, module=mode in ("module", "on-command"))

    made = Bench(make, ScannerEngine(mode=mode))
    assert made.run(100) == []
    return made


@pytest.mark.parametrize("mode", ["serial", "module", "keyboard"])
def test_a_code_is_one_scan(mode: str) -> None:
    made = bench(mode)
    assert made.do(f"scan {URL}", 1_500) == [Scanned(URL)]
    assert made.do("scan A012", 1_000) == [Scanned("A012")]
    assert made.driver.health() == ReadingHealth("online")
    assert made.driver.link_down == ""


@pytest.mark.parametrize("end", ["cr", "lf", "crlf", "none"])
def test_ends(end: str) -> None:
    made = bench(silence_ms=50 if end == "none" else None)
    made.do(f"end {end}")
    assert made.do(f"scan {TOKEN}", 200) == [Scanned(TOKEN)]
    assert made.do("scan A012", 200) == [Scanned("A012")]


def test_a_slow_adapter_needs_the_longer_silence() -> None:
    made = bench(silence_ms=500)
    made.do("end none")
    made.do("slow 120")
    assert made.do("scan A012", 2_000) == [Scanned("A012")]


def test_prefix_and_chinese() -> None:
    made = bench()
    made.do("prefix ]Q1")
    assert made.do("scan 预约码一", 200) == [Scanned("预约码一")]
    made.do("gbk on")
    assert made.do("scan 预约码二", 200) == [Scanned("预约码二")]


def test_the_same_code_within_a_second_is_one_scan() -> None:
    made = bench()
    made.do("double on")
    assert made.do("scan A012", 500) == [Scanned("A012")]
    assert made.do("again", 400) == []
    assert made.run(SAME_MS) == []
    assert made.do("again", 400) == [Scanned("A012")]


def test_a_module_reads_on_command() -> None:
    made = bench("on-command")
    assert made.do("scan A012", 1_000) == []
    made.asked.clear()
    made.driver.trigger()
    assert made.run(500) == [Scanned("A012")]
    assert made.asked[0] == TRIGGER
    # The window ended with the text; the next trigger opens another at once.
    made.driver.trigger()
    made.do("scan C001", 100)
    assert made.engine.triggers == 2


def test_a_window_that_is_open_is_not_begun_anew() -> None:
    made = bench("on-command")
    for _ in range(20):
        made.driver.trigger()
        made.run(WINDOW_MS // 10)
    assert made.engine.triggers == 2


def test_a_module_is_asked_now_and_then_and_may_be_silent() -> None:
    made = bench("module")
    assert made.driver.health() == ReadingHealth("online")
    made.asked.clear()
    made.run(4 * ASK_MS)
    assert made.asked == [READ_SPEED] * 4
    made.do("dead on", (SILENT_AFTER + 1) * ASK_MS + 100)
    assert made.driver.health() == ReadingHealth("offline", "silent")
    made.do("dead off", ASK_MS)
    assert made.driver.health() == ReadingHealth("online")
    assert made.do("scan A012", 500) == [Scanned("A012")]


def test_a_module_is_unheard_before_its_first_answer() -> None:
    made = bench("module")
    made.wire = False
    made.break_line()
    made.run(1_000)
    assert made.driver.health() == ReadingHealth("unheard")


def test_a_plain_scanner_is_never_spoken_to() -> None:
    for mode in ("serial", "keyboard"):
        made = bench(mode)
        made.driver.trigger()
        made.run(20_000)
        assert made.asked == []


@pytest.mark.parametrize("mode", ["serial", "module", "keyboard"])
def test_a_line_that_breaks_heals_and_half_a_code_is_forgotten(mode: str) -> None:
    made = bench(mode)
    made.do("slow 20")
    made.do(f"scan {TOKEN}", 60)
    made.engine._saying.clear()
    made.down = "gone"
    made.break_line()
    assert made.run(100) == []
    assert made.driver.health() == ReadingHealth("offline", "link_down")
    made.down = ""
    made.do("slow 0", 1_000)
    assert made.do("scan A012", 500) == [Scanned("A012")]
    made.driver.close()
    assert made.driver.link_down == "closed"


def test_a_trigger_for_a_line_that_was_down_is_not_kept() -> None:
    made = bench("on-command")
    made.down = "gone"
    made.break_line()
    made.run(50)
    made.driver.trigger()
    made.down = ""
    made.run(1_000)
    assert made.openings == 2
    assert made.engine.triggers == 0


def test_texts_show_in_no_representation() -> None:
    made = bench()
    events = made.do(f"scan {TOKEN}", 200)
    assert TOKEN not in repr(events) + repr(vars(made.driver)) + repr(vars(made.driver._reading))
