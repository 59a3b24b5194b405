"""The arithmetic of the benchmarks; nothing here takes the time of anything."""

import json
import os
import time
from random import Random

import pytest

from tests.bench import machine
from tests.bench.__main__ import FAMILIES
from tests.bench.asking import MIX, Asking
from tests.bench.figures import Aim, Figure, Round, Row, as_json, hold_against, line, percentile, summarise
from tests.bench.hall import FREE, write_hall
from tests.bench.load import frame
from tests.bench.rows import NAMES, ROWS
from tests.noon import noon_zone
from ticketserver.server.hallday import HallDays
from ticketserver.shared.settings import load_settings
from ticketserver.wire.codec import decode_request

RATE = Row("fast", "/s", "method")
WAIT = Row("slow", "ms", "method")


def figure(row, value, p50=None):
    return Figure(row, value, p50, None, 3.0, 0.0)


def test_a_percentile_is_the_nearest_rank():
    values = list(range(1, 101))
    Random(1).shuffle(values)
    assert percentile(values, 0.5) == 50
    assert percentile(values, 0.99) == 99
    assert percentile(values, 1) == 100
    assert percentile([7.0], 0.5) == percentile([7.0], 0.99) == 7.0
    assert percentile([3, 1, 2], 0) == 1
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.5)


def test_a_rate_is_the_median_of_the_rounds_own_rates():
    found = summarise(RATE, [Round(100, 1.0), Round(900, 1.0), Round(100, 0.5)], 12.5)
    assert found.value == 200
    assert (found.p50_ms, found.p99_ms) == (None, None)
    assert found.seconds == 2.5
    assert found.others_cpu == 12.5


def test_a_wait_is_the_median_of_the_rounds_medians():
    rounds = [Round(3, 1.0, [1, 2, 9]), Round(3, 1.0, [4, 5, 6]), Round(3, 1.0, [3, 3, 40])]
    found = summarise(WAIT, rounds, 0)
    assert found.value == found.p50_ms == 3
    assert found.p99_ms == 9


def test_a_given_value_stands():
    assert summarise(Row("held", "MB", "m"), [Round(value=60.5)], 0).value == 60.5


@pytest.mark.parametrize(
    ("aim", "ratio", "met"),
    [
        (Aim(0.35, "base", least=True), 0.4, True),
        (Aim(0.5, "base", least=True), 0.4, False),
        (Aim(2, "base", "p50_ms"), 3.0, False),
        (Aim(3, "base", "p50_ms"), 3.0, True),
        (Aim(1, number=80), 0.5, True),
        (Aim(1, number=100, least=True), 0.4, False),
        (Aim(2, "not measured"), None, None),
    ],
)
def test_a_figure_is_held_against_its_aim(aim, ratio, met):
    figures = [figure(Row("base", "/s", "m"), 100, 2.0), figure(Row("mine", "/s", "m", aim=aim), 40, 6.0)]
    hold_against(figures)
    assert figures[0].ratio is None
    assert figures[0].met is None
    assert figures[1].ratio == ratio
    assert figures[1].met is met


def test_a_row_without_an_aim_has_a_ratio_to_its_limit():
    figures = [figure(Row("base", "/s", "m"), 100), figure(Row("mine", "/s", "m", "base"), 25)]
    hold_against(figures)
    assert figures[1].ratio == 0.25
    assert figures[1].met is None


def test_what_an_aim_says():
    assert Aim(0.35, "bare_take_64", least=True).text() == "≥ 0.35 × bare_take_64"
    assert Aim(2, "bare_take_1", "p50_ms").text() == "p50 ≤ 2 × bare_take_1"
    assert Aim(1, number=1e5, least=True).text() == "≥ 100,000"


def test_the_json_has_what_applies_and_nothing_else():
    base = summarise(Row("base", "/s", "how"), [Round(10, 1.0)], 3)
    mine = summarise(Row("mine", "/s", "how", aim=Aim(2, "base")), [Round(15, 1.0, [1.0, 2.0])], 3)
    hold_against([base, mine])
    first, second = json.loads(json.dumps(as_json([base, mine])))
    assert first == {
        "name": "base", "value": 10, "unit": "/s", "seconds": 1, "others_cpu_percent": 3, "method": "how",
    }  # fmt: skip
    assert second == {
        "name": "mine", "value": 15, "unit": "/s", "p50_ms": 1, "p99_ms": 2, "limit": "base", "ratio": 1.5,
        "aim": "≤ 2 × base", "met": True, "seconds": 1, "others_cpu_percent": 3, "method": "how",
    }  # fmt: skip


def test_a_line_of_the_table_says_whether_the_aim_is_met():
    missed = figure(Row("mine", "/s", "m", aim=Aim(1, number=10, least=True)), 5)
    hold_against([missed])
    assert line(missed).endswith("≥ 10: not met")
    assert "not judged" in line(figure(Row("mine", "/s", "m", aim=Aim(1, "base")), 5))
    assert "12,346" in line(figure(RATE, 12345.6))


def test_every_row_belongs_to_one_family_and_leans_on_rows_that_exist():
    assert sorted(name for names, _ in FAMILIES for name in names) == sorted(NAMES)
    for row in ROWS:
        assert {row.limit, row.aim.row if row.aim else ""} <= {"", *NAMES}
        assert row.method


def test_ticks_are_read_as_the_kernel_writes_them():
    assert machine.busy_ticks("cpu  10 1 5 1000 50 2 3 4 99 99\ncpu0 1 1\n") == 25
    assert machine.process_ticks("12 (a (b) c) S 1 12 12 0 -1 0 0 0 0 0 7 5 3 2 20 0 1 0 99") == 17
    assert machine.resident_mb(os.getpid()) > 1


@pytest.mark.parametrize("size", [0, 125, 126, 65535])
def test_a_frame_is_masked_with_nothing(size):
    made = frame(b"x" * size)
    head = 6 if size < 126 else 8
    assert made[0] == 0x81
    assert made[1] & 0x80
    assert len(made) == head + size
    assert made[head - 4 : head] == bytes(4)


def test_the_load_asks_what_the_wire_accepts():
    asking = Asking("2026-11-25")
    for wanted in MIX:
        assert decode_request(asking.issue(wanted)).name == "issue_ticket"
    assert decode_request(asking.at_counter(b"call_next", 3)).params.counter == 3
    ref = b'"token":"%b"' % asking.last_token
    assert decode_request(asking.ticket(b"check_in", ref)).params.token == asking.last_token.decode()


def test_the_measured_hall_is_the_sample_hall_without_limits_in_the_middle_of_its_day(tmp_path):
    file, port = write_hall(tmp_path, {"gap_ms": 0})
    settings = load_settings(file)
    assert settings.server.ws_port == port
    assert settings.server.limits.requests_per_s == FREE["requests_per_s"]
    assert settings.queue.gap_ms == 0
    assert len(settings.counter) == 30
    days = HallDays(settings.calendar, noon_zone())
    day = days.plan(days.business_day(time.time_ns() // 1_000_000))
    hours_past = (time.time_ns() // 1_000_000 - day.numbers_from_ms) / 3_600_000
    assert 8 <= hours_past <= 11
