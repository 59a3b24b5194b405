"""hall.toml as a call screen and its voice see it."""

import pytest
from msgspec.structs import replace

from display.io.hall import NoSuchDisplay, display_of, general_zone, hall_of, quiet_hours, voices
from display.model import Pair
from tests.display.displays import DISPLAY, HALL, MINUTE, NINE, SETTINGS
from ticketserver.shared.voice_settings import Loudspeaker, Quiet


def voice(**other):
    return replace(SETTINGS, voice=replace(SETTINGS.voice, **other))


def test_the_shipped_hall():
    assert HALL.name == Pair("示例区人社综合服务大厅", "Sample District HR and Social Security Hall")
    assert HALL.general == "comprehensive"
    assert HALL.prefixes is None
    assert HALL.window_name(3) == Pair("")
    assert HALL.window_name(30) == Pair("人才职称窗口", "Talent counters")
    assert len(HALL.zones) == 11


def test_a_screen_of_two_zones():
    hall = hall_of(SETTINGS, replace(DISPLAY, zones=("labour", "pension-review")))
    assert hall.zones == ("pension-review", "labour")
    assert hall.prefixes == {"C", "H"}


def test_a_hall_of_one_language_has_no_second_line():
    settings = replace(SETTINGS, hall=replace(SETTINGS.hall, languages=("en",)))
    hall = hall_of(settings, replace(DISPLAY, notices_zh=("甲",), notices_en=("A", "B")))
    assert hall.name == Pair("Sample District HR and Social Security Hall")
    assert hall.notices == (Pair("A"), Pair("B"))


def test_notices_stand_side_by_side_as_far_as_they_go():
    hall = hall_of(SETTINGS, replace(DISPLAY, notices_zh=("甲", "乙"), notices_en=("A",)))
    assert hall.notices == (Pair("甲", "A"), Pair("乙", ""))


def test_among_equal_zones_the_first_is_the_general_one():
    two = tuple(counter for counter in SETTINGS.counter if counter.number in (1, 21))
    assert general_zone(replace(SETTINGS, counter=two)) == "comprehensive"


def test_an_unknown_display_is_told_which_there_are():
    with pytest.raises(NoSuchDisplay, match="display1") as told:
        display_of(SETTINGS, "display9")
    assert "--display" in str(told.value)
    with pytest.raises(NoSuchDisplay, match=r"\(none\)"):
        display_of(replace(SETTINGS, display=()), "display1")


@pytest.mark.parametrize(("settings", "display"), [(SETTINGS, replace(DISPLAY, speaks=False)),
                                                   (voice(enabled=False), DISPLAY)])  # fmt: skip
def test_no_voice_without_loudspeakers_or_in_a_silent_hall(settings, display):
    assert voices(settings, display) == []


ZONES = [((), (), None), (("labour",), (), {"labour"}), ((), ("audit", "labour"), {"audit", "labour"}),
         (("labour", "files"), ("audit", "labour"), {"labour"})]  # fmt: skip


@pytest.mark.parametrize(("shown", "spoken", "zones"), ZONES)
def test_the_voice_is_for_what_the_screen_and_the_hall_both_name(shown, spoken, zones):
    assert voices(voice(zones=spoken), replace(DISPLAY, zones=shown))[0].rules.zones == zones


def test_the_halls_wishes_for_its_voice():
    wishes = {"one_as": "一", "repeat": 3, "repeat_gap_ms": 700, "short_from": 5, "cutoff_notice_minutes": 10}
    rules = voices(voice(**wishes), DISPLAY)[0].rules
    assert (rules.how.one, rules.repeat, rules.gap_ms, rules.short_from) == ("digit-yi", 3, 700, 5)
    assert rules.cut_off_ms == 600_000
    assert set(rules.how.specialist) == set(range(21, 31))
    assert rules.how.languages == ("zh",)


def test_each_loudspeaker_has_its_zones():
    apart = [Loudspeaker(zones=("labour",), device="one", volume_percent=50), Loudspeaker(zones=("audit", "files"))]
    first, second = voices(voice(languages=("en", "zh")), replace(DISPLAY, loudspeaker=tuple(apart)))
    assert ([first.loudspeaker, second.loudspeaker], first.rules.zones) == (apart, {"labour"})
    assert second.rules.zones == {"audit", "files"}
    assert second.rules.how.languages == ("en", "zh")


def test_quiet_hours_go_by_the_halls_clock():
    quiet = quiet_hours(voice(quiet=(Quiet(starts="08:00", ends="09:00"), Quiet(starts="12:00", ends="13:30"))))
    assert [quiet(NINE + minutes * MINUTE) for minutes in (-61, -60, -1, 0, 179, 180, 269, 270)] == [
        False, True, True, False, False, True, True, False,
    ]  # fmt: skip
