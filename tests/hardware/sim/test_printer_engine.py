"""A virtual printer at work: pace, buffer, stops, recovery, power."""

import pytest

from hardware.sim.printer_engine import RESERVE_BYTES
from tests.hardware.sim.printer_bench import FEED_AND_CUT, MARKED, MARKER, Bench, h

LINE_DOTS = 30
LEAD_DOTS = 96


def test_lines_come_out_at_the_speed_of_the_paper() -> None:
    bench = Bench(speed_mm_s=100)
    bench.hear(b"".join(b"%d\n" % n for n in range(20)) + FEED_AND_CUT)
    paper_s = (20 * LINE_DOTS + LEAD_DOTS) / 8 / 100
    bench.wait(paper_s + 0.29)
    assert bench.pieces == []
    bench.wait(0.02)
    assert bench.lines() == [(*(str(n) for n in range(20)), "[partial cut]")]
    assert not bench.printer.moving


def test_the_same_slip_takes_the_same_time_in_one_look_or_in_many() -> None:
    once, often = Bench(), Bench()
    slip = b"x\n" * 30 + FEED_AND_CUT + MARKER
    once.hear(slip)
    once.finish()
    often.hear(slip)
    said = b""
    while not said:
        said = often.wait(0.0007)
    assert said == MARKED
    assert often.now_s == pytest.approx(once.now_s, abs=0.0015)
    assert often.pieces[0].picture.tobytes() == once.pieces[0].picture.tobytes()


def test_the_buffer_fills_holds_the_host_back_and_drains_at_print_speed() -> None:
    bench = Bench(speed_mm_s=100)
    printer = bench.printer
    whole = printer.room
    assert whole == 4096 + RESERVE_BYTES
    bench.hear(b"0123456789\n" * (whole // 11))
    assert printer.room < 11 * 4
    before = printer.room
    bench.wait(1.0)
    lines_a_second = 100 * 8 / LINE_DOTS
    assert printer.room - before == pytest.approx(11 * lines_a_second, abs=22)
    bench.finish()
    assert printer.room == whole


def test_a_picture_larger_than_the_buffer_passes_row_by_row() -> None:
    bench = Bench(speed_mm_s=200, paper_mm=58)
    rest = h("1D 76 30 00 30 00 84 03") + bytes(range(48)) * 900 + b"\n" + FEED_AND_CUT
    while rest:
        taken, rest = rest[: bench.printer.room], rest[bench.printer.room :]
        bench.hear(taken)
        bench.wait(0.05)
    bench.finish()
    assert bench.lines() == [("[picture 384×900]", "[partial cut]")]
    assert bench.pieces[0].picture.height == LEAD_DOTS + 900 + LINE_DOTS


def test_paper_end_in_mid_slip_keeps_the_rest_and_prints_it_on_the_new_roll() -> None:
    bench = Bench()
    bench.printer.end_of_roll(2 * LINE_DOTS + 10)
    assert bench.status() == "12 12 12 1E"
    bench.hear(b"one\ntwo\nthree\nfour\n" + FEED_AND_CUT + MARKER)
    assert bench.finish() == b""
    assert bench.status() == "1A 32 12 7E"
    assert bench.printer.paper_left == 0
    assert bench.printer.moving
    bench.wait(3600)
    assert bench.pieces == []
    bench.printer.new_roll()
    assert bench.lines() == [("one", "two", "[part] three", "[torn off]")]
    assert bench.finish() == MARKED
    assert bench.lines()[1] == ("[part] three", "four", "[partial cut]")
    assert bench.status() == "12 12 12 12"
    above, below = (piece.picture for piece in bench.pieces)
    # Ten rows of the third line stand at the foot of the old roll, the others at the head of the new one.
    assert above.crop((0, above.height - 10, above.width, above.height)).getextrema()[0] == 0
    assert below.crop((0, LEAD_DOTS, below.width, LEAD_DOTS + 14)).getextrema()[0] == 0


def test_paper_that_ends_exactly_after_a_line() -> None:
    bench = Bench()
    bench.printer.end_of_roll(LINE_DOTS)
    bench.hear(b"one\n" + MARKER)
    bench.finish()
    assert bench.status() == "1A 32 12 7E"
    bench.printer.new_roll()
    assert bench.finish() == MARKED
    assert bench.lines() == [("one", "[torn off]")]


@pytest.mark.parametrize("recovers", ["any", "cutter"])
def test_enq_2_drops_the_rest_where_the_printer_obeys_it(recovers: str) -> None:
    bench = Bench(recovers=recovers)
    bench.printer.end_of_roll(LINE_DOTS)
    bench.hear(b"one\ntwo\nthree" + FEED_AND_CUT)
    bench.finish()
    bench.hear(h("10 05 02"))
    assert bench.printer.moving is (recovers == "cutter")
    bench.printer.new_roll()
    bench.hear(b"next\n" + FEED_AND_CUT)
    bench.finish()
    rest = [] if recovers == "any" else [("two", "three", "[partial cut]")]
    assert bench.lines() == [("one", "[torn off]"), *rest, ("next", "[partial cut]")]


def test_enq_is_ignored_while_nothing_is_wrong() -> None:
    bench = Bench()
    bench.hear(b"one\ntwo\n" + FEED_AND_CUT + h("10 05 02"))
    bench.finish()
    assert bench.lines() == [("one", "two", "[partial cut]")]


def test_bytes_of_a_dropped_picture_that_come_later_print_as_rubbish() -> None:
    bench = Bench()
    bench.printer.end_of_roll(0)
    bench.hear(h("1D 76 30 00 04 00 02 00 00 00") + h("10 05 02") + b"AB")
    bench.printer.new_roll()
    bench.hear(b"\n" + FEED_AND_CUT)
    bench.finish()
    assert bench.lines() == [("AB", "[partial cut]")]


def test_after_a_drop_the_modes_are_those_of_what_was_printed() -> None:
    bench = Bench(chinese=False)
    bench.printer.end_of_roll(0)
    bench.hear(h("1C 26") + h("10 05 02"))
    bench.printer.new_roll()
    bench.hear("号\n".encode("gbk") + FEED_AND_CUT)
    bench.finish()
    assert bench.lines() == [("║┼", "[partial cut]")]


@pytest.mark.parametrize("way", ["host", "button"])
def test_a_jam_at_the_cut_waits_for_recovery_and_cuts_again(way: str) -> None:
    bench = Bench()
    bench.printer.condition.jam_next = True
    bench.hear(b"one\n" + FEED_AND_CUT + MARKER + b"two\n")
    assert bench.finish() == b""
    assert bench.status() == "1A 52 1A 12"
    bench.printer.feed_button()
    bench.hear(h("10 05 01"))
    assert bench.finish() == b""
    assert bench.status() == "1A 52 1A 12"
    bench.printer.condition.jammed = False
    assert bench.status() == "3A 52 1A 12"
    bench.wait(60)
    assert bench.pieces == []
    if way == "host":
        bench.hear(h("10 05 01"))
    else:
        bench.printer.feed_button()
    assert bench.finish() == MARKED
    assert bench.lines() == [("one", "[partial cut]")]
    assert bench.status() == "12 12 12 12"


def test_what_a_jam_left_comes_out_torn_and_the_dropped_cut_is_not_made() -> None:
    bench = Bench()
    bench.printer.condition.jam_next = True
    bench.hear(b"one\n" + FEED_AND_CUT + b"two\n" + FEED_AND_CUT)
    bench.finish()
    bench.printer.condition.jammed = False
    bench.printer.tear()
    bench.hear(h("10 05 02"))
    bench.hear(b"three\n" + FEED_AND_CUT)
    bench.finish()
    assert bench.lines() == [("one", "[torn off]"), ("three", "[partial cut]")]


@pytest.mark.parametrize("cause", ["cover", "hot"])
def test_an_open_cover_or_a_hot_head_holds_the_line_where_it_is(cause: str) -> None:
    bench = Bench(speed_mm_s=100)

    def set_cause(on: bool) -> None:
        if cause == "cover":
            bench.printer.cover(on)
        else:
            bench.printer.condition.hot = on

    bench.hear(b"one\ntwo\n" + MARKER)
    bench.wait(0.05)
    set_cause(True)
    assert bench.wait(60) == b""
    set_cause(False)
    # Two lines of 30 dots take 0.075 s.
    assert bench.wait(0.024) == b""
    assert bench.wait(0.002) == MARKED


def test_loss_of_power_drops_buffers_and_formats_and_keeps_the_paper() -> None:
    bench = Bench(speed_mm_s=100)
    printer = bench.printer
    bench.hear(h("1D 61 FF") + h("1D 21 11 1B 45 01 1D 28 6B 04 00 31 50 30 41") + b"one\ntwo\nthree")
    bench.wait(0.1)
    printer.power(False)
    assert bench.hear(b"lost\n" + h("10 04 01")) == b""
    printer.end_of_roll(0)
    assert bench.wait(60) == b""
    printer.new_roll()
    printer.power(True)
    assert printer.room == 4096 + RESERVE_BYTES
    assert bench.wait(1) == b""
    assert bench.status() == "12 12 12 12"
    bench.hear(h("1D 28 6B 03 00 31 51 30") + b"plain\n" + FEED_AND_CUT)
    bench.finish()
    assert bench.lines() == [("one", "[part] two", "[torn off]"), ("plain", "[partial cut]")]
    plain = bench.pieces[1].picture
    assert plain.height == LEAD_DOTS + LINE_DOTS


def test_power_ends_a_cutter_error_without_a_cause() -> None:
    bench = Bench()
    bench.printer.condition.cutter_error = True
    bench.printer.power(True)
    assert bench.status() == "3A 52 1A 12"
    bench.printer.power(False)
    bench.printer.power(True)
    assert bench.status() == "12 12 12 12"


def test_the_feed_button_moves_blank_paper_unless_it_prints() -> None:
    bench = Bench()
    bench.printer.feed_button()
    bench.finish()
    bench.hear(b"one\n" + FEED_AND_CUT)
    bench.printer.feed_button()
    bench.finish()
    assert [piece.picture.height for piece in bench.pieces] == [64 + LEAD_DOTS + LINE_DOTS]
    bench.printer.cover(True)
    bench.printer.feed_button()
    assert not bench.printer.moving


@pytest.mark.parametrize(
    ("switches", "says"),
    [
        ({"paper_mm": 57}, "paper of 57 mm: there is 58 and 80"),
        ({"buffer_bytes": 100}, "buffer 100: from 4096 to 65536"),
        ({"speed_mm_s": 1}, "speed 1: from 20 to 400"),
        ({"identity": "票\n"}, "printable ASCII"),
    ],
)
def test_a_printer_that_cannot_be(switches: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Bench(**switches)
