"""Finding services by pinyin, initials and mixtures, in a small hall and in the shipped catalogue."""

import pytest

from tests.kiosk.kiosks import HALL, service
from ticketserver.search.index import NEAR, SLIPPED, Index, several_meanings
from ticketserver.search.slips import allowed, one_slip
from ticketserver.search.terms import PLAIN, fold, read, strictly
from ticketserver.search.tree import Tree


@pytest.fixture(scope="module")
def index():
    return Index(HALL.services.values())


def fit(text, typed):
    """How many signs of the term the typed covers from its first on; 0 = it does not fit."""
    tree = Tree()
    tree.add(0, read(text, PLAIN))
    found = tree.find(strictly(typed, 1), frozenset((len(typed),)))
    return max((covered for entry, covered in found if not entry.start), default=0)


FITS = [
    ("S", 1), ("SB", 2), ("SBK", 3), ("SHEBAOKA", 3), ("SHEB", 2), ("SHBK", 3), ("SHEBK", 3), ("SX", 0),
    ("SBKA", 3), ("SHE", 1),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "covered"), FITS)
def test_letters_are_dealt_out_to_syllables(typed, covered):
    assert fit("社保卡", typed.lower()) == covered


def test_more_letters_than_the_term_has_do_not_fit():
    assert fit("社保卡", "sbkx") == 0
    assert fit("社保卡", "shebaokax") == 0


def test_all_readings_of_a_sign_are_tried():
    assert fit("重复", "cf") == 2
    assert fit("重复", "zf") == 2


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


def test_chinese_signs_fit_themselves_and_what_sounds_the_same():
    assert fit("社保卡", "社保") == 2
    assert fit("社保卡", "社宝ka") == 3
    assert fit("社保卡", "医保") == 0


SLIPS = [
    ("tuixiu", "tuixui", True), ("xiu", "xui", True), ("xiu", "xi", True), ("xiu", "xiuu", True), ("xiu", "xin", True),
    ("shang", "san", True), ("ka", "ak", True), ("ka", "ke", False), ("aa", "aa", False), ("xiu", "xiu", False),
    ("xiu", "uix", False), ("zheng", "dang", False),
]  # fmt: skip


@pytest.mark.parametrize(("right", "typed", "one"), SLIPS)
def test_a_slip_is_one_letter_or_two_changed_about(right, typed, one):
    assert one_slip(right, typed) is one


def test_slips_are_forgiven_by_the_length_of_the_typed():
    assert [allowed(typed) for typed in ("she", "shbe", "shebaok", "4050b")] == [0, 1, 2, 0]


def test_letters_are_heard_as_people_speak():
    assert [fold(sound) for sound in ("zhang", "shi", "cheng", "ling", "nü")] == ["zan", "si", "cen", "lin", "nv"]


@pytest.mark.parametrize(("typed", "first"), [("gongshnag", "INJ-02"), ("dagnan", "ARC-01"), ("offcial", "ARC-01")])
def test_a_slip_finds_what_was_meant_and_says_that_it_is_one(index, typed, first):
    hits = index.find(typed)
    assert (hits[0].code, hits[0].rank) == (first, SLIPPED)
    assert several_meanings(hits) == ""


def test_words_among_other_words_and_in_another_order_are_near(index):
    for typed in ("我的工伤想认定一下", "wodegongshangxiangrending", "认定工伤"):
        hits = index.find(typed)
        assert (hits[0].code, hits[0].rank, hits[0].word) == ("INJ-02", NEAR, "")
        assert several_meanings(hits) == ""


@pytest.mark.parametrize("typed", ["qqq", "天气", "zzzzzzzz", "qw"])
def test_what_the_hall_does_not_know_is_not_found(index, typed):
    assert index.find(typed) == ()


def test_of_services_that_fit_equally_the_one_more_people_come_for_goes_first():
    services = [service("AAA-01", "社保甲", "甲"), service("AAA-02", "社保乙", "乙")]
    assert [hit.code for hit in Index(services).find("shebao")] == ["AAA-01", "AAA-02"]
    services.append(service("AAA-03", "社保丙", "丙", daily_demand=3))
    assert [hit.code for hit in Index(services).find("shebao")] == ["AAA-03", "AAA-01", "AAA-02"]
