"""The bytes by which a virtual printer tells its condition, against the tables of its document."""

import pytest

from tests.hardware.sim.printer_bench import FEED_AND_CUT, MARKED, MARKER, Bench, h

ALL_WELL = "12 12 12 12"


def make(bench: Bench, what: str) -> None:
    printer = bench.printer
    match what:
        case "paper end":
            printer.end_of_roll(0)
        case "near end":
            printer.condition.near_end = True
        case "cover open":
            printer.cover(True)
        case "cutter jam":
            printer.condition.jammed = printer.condition.cutter_error = True
        case "jam cleared":
            printer.condition.cutter_error = True
        case "hot head":
            printer.condition.hot = True


@pytest.mark.parametrize(
    ("what", "realtime", "asb"),
    [
        ("nothing", ALL_WELL, "10 00 00 0F"),
        ("paper end", "1A 32 12 7E", "18 00 0F 0F"),
        ("cover open", "1A 16 12 12", "38 00 00 0F"),
        ("cutter jam", "1A 52 1A 12", "18 08 00 0F"),
        ("jam cleared", "3A 52 1A 12", "18 08 00 0F"),
        ("near end", "12 12 12 1E", "10 00 03 0F"),
        ("hot head", "1A 52 52 12", "18 40 00 0F"),
    ],
)
def test_each_condition(what: str, realtime: str, asb: str) -> None:
    bench = Bench()
    make(bench, what)
    assert bench.status() == realtime
    assert bench.printer.condition.asb() == h(asb)


def test_without_a_near_end_sensor_only_the_end_is_seen() -> None:
    bench = Bench(near_end_sensor=False)
    make(bench, "near end")
    assert bench.status() == ALL_WELL
    make(bench, "paper end")
    assert bench.status() == "1A 32 12 72"
    assert bench.printer.condition.asb() == h("18 00 0C 0F")


def test_a_cover_opened_while_paper_moves_is_an_error_until_it_is_closed() -> None:
    bench = Bench()
    bench.hear(b"a\n" * 20)
    bench.printer.cover(True)
    assert bench.status() == "1A 56 52 12"
    bench.printer.cover(False)
    assert bench.status() == ALL_WELL


def test_status_is_answered_in_the_middle_of_a_picture_which_is_not_harmed() -> None:
    bench = Bench()
    picture = h("1D 76 30 00 04 00 02 00") + h("00 10 04 01 FF FF FF FF")
    assert bench.hear(picture + b"ok\n" + FEED_AND_CUT) == h("12")
    bench.finish()
    assert bench.lines() == [("[picture 32×2]", "ok", "[partial cut]")]


@pytest.mark.parametrize("what", ["paper end", "cover open", "cutter jam", "hot head"])
def test_status_is_answered_while_stopped_and_takes_no_room(what: str) -> None:
    bench = Bench()
    make(bench, what)
    bench.hear(b"a\n" * 100)
    before = bench.printer.room
    for _ in range(1000):
        assert len(bench.hear(h("10 04 01 10 04 02"))) == 2
    assert bench.printer.room == before


def test_status_split_over_reads() -> None:
    bench = Bench()
    assert [bench.hear(bytes([byte])) for byte in h("10 10 04 05 04 01")] == [b""] * 6
    assert [bench.hear(bytes([byte])) for byte in h("10 04 04")] == [b"", b"", h("12")]


def test_automatic_status_speaks_at_once_and_at_every_change_asked_for() -> None:
    bench = Bench()
    assert bench.hear(h("1D 61 0E")) == h("10 00 00 0F")
    assert bench.wait(1) == b""
    make(bench, "near end")
    assert bench.wait(0) == h("10 00 03 0F")
    make(bench, "cover open")
    assert bench.wait(0) == h("38 00 03 0F")
    bench.printer.cover(False)
    assert bench.wait(0) == h("10 00 03 0F")
    assert bench.hear(h("1D 61 08")) == h("10 00 03 0F")
    make(bench, "cover open")
    assert bench.wait(0) == b""
    bench.printer.new_roll()
    assert bench.wait(0) == h("38 00 00 0F")


def test_automatic_status_off() -> None:
    bench = Bench()
    bench.hear(h("1D 61 FF"))
    assert bench.hear(h("1D 61 00")) == b""
    make(bench, "paper end")
    assert bench.wait(0) == b""


def test_queued_status_comes_after_the_data_before_it_and_not_while_offline() -> None:
    bench = Bench()
    make(bench, "near end")
    assert bench.hear(b"a\n" * 40 + h("1D 72 01 1D 72 02")) == b""
    assert bench.finish() == h("03 00")
    make(bench, "cover open")
    assert bench.hear(h("1D 72 01")) == b""
    assert bench.wait(60) == b""
    bench.printer.cover(False)
    assert bench.finish() == h("03")


def test_the_marker_waits_for_the_paper_and_the_queued_status_does_not() -> None:
    bench = Bench(speed_mm_s=50)
    assert bench.hear(b"a\n" + MARKER + h("1D 72 01")) == h("00")
    # One line is 30 dots of 8 a millimetre.
    assert bench.wait(30 / 8 / 50 - 0.001) == b""
    assert bench.wait(0.002) == MARKED


@pytest.mark.parametrize(("asked", "answer"), [(MARKER, MARKED), (h("1D 72 01"), h("00"))])
def test_what_stands_after_a_cut_waits_for_the_cutter(asked: bytes, answer: bytes) -> None:
    bench = Bench(speed_mm_s=100)
    bench.hear(FEED_AND_CUT + asked)
    assert bench.wait(0.12 + 0.29) == b""
    assert bench.wait(0.02) == answer
    bench.printer.condition.jam_next = True
    bench.hear(FEED_AND_CUT + asked)
    assert bench.finish() == b""
    assert bench.status() == "1A 52 1A 12"


def test_a_printer_without_marker_says_nothing_to_it() -> None:
    bench = Bench(marker=False)
    assert bench.hear(b"a\n" + MARKER + h("1D 72 01")) == h("00")
    assert bench.finish() == b""


def test_other_answers_than_the_marker_are_not_made_up() -> None:
    bench = Bench()
    bench.hear(h("1D 28 48 06 00 31 30 41 42 43 44") + h("1D 28 48 03 00 30 30 41") + h("1D 72 03 1D 49 01"))
    assert bench.finish() == b""


def test_identity_true_and_wrong() -> None:
    assert Bench().hear(h("1D 49 43")) == b"_VIRTUAL-80\0"
    assert Bench(identity="TM-T88IV").hear(h("1D 49 42")) == b"_TM-T88IV\0"


def test_silent_while_not_ready() -> None:
    bench = Bench(silent_when_not_ready=True)
    assert bench.status() == ALL_WELL
    make(bench, "paper end")
    assert bench.status() == ""
    bench.printer.new_roll()
    assert bench.status() == ALL_WELL


def test_mute_prints_and_does_not_answer() -> None:
    bench = Bench()
    bench.printer.mute = True
    assert bench.status() == ""
    bench.hear(b"a\n" + FEED_AND_CUT + MARKER)
    assert bench.finish() == b""
    assert bench.lines() == [("a", "[partial cut]")]
    bench.printer.mute = False
    assert bench.wait(0) == b""
    assert bench.status() == ALL_WELL


def test_a_board_that_takes_gs_a_for_something_else_says_nothing_by_itself() -> None:
    bench = Bench(auto_status=False)
    assert bench.hear(h("1D 61 0E")) == b""
    make(bench, "cover open")
    assert bench.wait(0) == b""
