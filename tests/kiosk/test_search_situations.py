"""Life situations found by what people type."""

import pytest

from kiosk.services import Group, Names
from tests.kiosk.kiosks import Kiosk
from tests.kiosk.scenes import SAMPLE
from ticketserver.search.situations import Situations


@pytest.fixture(scope="module")
def situations():
    return Situations(SAMPLE.situations)


TYPED = [
    ("退休", "retiring"), ("tuixiu", "retiring"), ("TUIXUI", "retiring"), ("retire", "retiring"), ("shiye", "lost-job"),
    ("sheng haizi", "child"), ("haizi", "child"), ("huangongzuo", "new-job"), ("DWKH", "company"), ("baby", "child"),
    ("retirment", "retiring"), ("2", None), ("sy", None), ("gs", None), ("sbk", None), ("zzz", None),
    ("", None), ("我的社保卡丢了", None),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "first"), TYPED)
def test_a_situation_is_found_by_its_name_and_by_what_people_say_for_it(situations, typed, first):
    found = situations.find(typed)
    assert (found[0].id if found else None) == first


def test_two_are_named_at_most():
    groups = [Group(f"job{no}", Names(f"工作{no}", f"Job {no}"), ("ARC-01",)) for no in range(4)]
    assert [group.id for group in Situations(groups).find("gongzuo")] == ["job0", "job1"]


def test_a_situation_stands_before_the_services_and_opens_its_list():
    kiosk = Kiosk(SAMPLE).up().tap("search", *(f"key:{sign}" for sign in "TUIXIU"))
    first, second = kiosk.screen.rows[:2]
    assert (first.label, first.tap.name, first.tap.value) == ("要退休了:看看要办哪些", "group", "retiring")
    assert second.tap.name == "toggle"
    kiosk.tap("group:retiring")
    assert kiosk.screen.title == "要退休了:请点要办的事"
    kiosk.tap("back")
    assert kiosk.screen.typed == "TUIXIU"


def test_services_are_counted_without_the_situations():
    kiosk = Kiosk(SAMPLE).up().tap("search", *(f"key:{sign}" for sign in "BAITAN"))
    assert kiosk.screen.heading == "可以按遇到的事找"
    assert [row.label for row in kiosk.screen.rows] == ["自己干、打零工:看看要办哪些"]
    kiosk.tap("clear", *(f"key:{sign}" for sign in "HAIZI"))
    assert kiosk.screen.heading == "可以按遇到的事找,也看看是不是下面这些"
    kiosk.tap("clear", *(f"key:{sign}" for sign in "GONGSHANG"))
    assert kiosk.screen.heading == "“工伤”有几种,您要办哪一种?"
    assert [row.tap.name for row in kiosk.screen.rows[:2]] == ["group", "toggle"]
