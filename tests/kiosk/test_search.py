"""Finding services by pinyin, initials and mixtures, in a small hall and in the shipped catalogue."""

import pytest

from kiosk.search import Index, fit, read, several_meanings
from tests.kiosk.kiosks import HALL, service


@pytest.fixture(scope="module")
def index():
    return Index(HALL.services.values())


CARD = read("社保卡", 0).signs
FITS = [
    ("S", 1), ("SB", 2), ("SBK", 3), ("SHEBAOKA", 3), ("SHEB", 2), ("SHBK", 3), ("SHEBK", 3), ("SX", 0),
    ("SBKA", 3), ("SHE", 1),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "covered"), FITS)
def test_letters_are_dealt_out_to_syllables(typed, covered):
    assert fit(CARD, typed.lower()) == covered


def test_more_letters_than_the_term_has_do_not_fit():
    assert fit(CARD, "sbkx") == 0
    assert fit(CARD, "shebaokax") == 0


def test_all_readings_of_a_sign_are_tried():
    assert fit(read("重复", 0).signs, "cf") == 2
    assert fit(read("重复", 0).signs, "zf") == 2


@pytest.mark.parametrize(
    ("typed", "first"),
    [("zjjsb", "PAY-02"), ("zijijiaoshebao", "PAY-02"), ("cda", "ARC-01"), ("datg", "ARC-01"), ("ARC01", "ARC-01"),
     ("gsrd", "INJ-02"), ("jiaosb", "PAY-02"), ("archiv", None), ("plain", "ARC-01"), ("off", "ARC-01")],
)  # fmt: skip
def test_what_people_type_finds_the_service(index, typed, first):
    hits = index.find(typed)
    assert (hits[0].code if hits else None) == first


@pytest.mark.parametrize("typed", ["", "  ", "-"])
def test_nothing_typed_finds_nothing(index, typed):
    assert index.find(typed) == ()


def test_the_everyday_name_goes_before_a_keyword_and_the_beginning_before_the_middle():
    services = [
        service("AAA-01", "办退休社保", "甲"), service("AAA-02", "乙乙", "乙", keywords=("社保",)),
        service("AAA-03", "社保", "丙"), service("AAA-04", "社保查询", "丁"),
    ]  # fmt: skip
    assert [hit.code for hit in Index(services).find("sb")] == ["AAA-03", "AAA-02", "AAA-04", "AAA-01"]
    assert [hit.code for hit in Index(services).find("sbc")] == ["AAA-04"]


def test_a_word_that_means_several_services_is_asked_back(index):
    assert several_meanings(index.find("lhjy")) == "灵活就业"
    assert several_meanings(index.find("cda")) == ""
    assert several_meanings(index.find("plain")) == ""
    assert several_meanings(index.find("l")) == ""
