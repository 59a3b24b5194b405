"""The kiosk over the shipped hall: every service can be found, and every sign can be drawn."""

import pytest

from kiosk.io.hall import NoSuchKiosk, hall_of, kiosk_of
from tests.glyphs import missing_glyphs
from ticketserver.search.index import Index, several_meanings
from ticketserver.shared.fonts import chinese_font
from ticketserver.shared.local import local_time, run_dir
from ticketserver.shared.settings import load_settings
from ticketserver.shared.texts import HERE, load_texts


@pytest.fixture(scope="module")
def settings():
    return load_settings(HERE.parent / "sample" / "hall.toml")


@pytest.fixture(scope="module")
def hall(settings):
    return hall_of(settings, kiosk_of(settings, "kiosk1"))


@pytest.fixture(scope="module")
def index(hall):
    return Index(hall.services.values())


def test_the_hall_as_the_kiosk_sees_it(hall, settings):
    assert (len(hall.services), len(hall.tiles), len(hall.categories)) == (143, 8, 17)
    assert {code for group in hall.categories for code in group.services} == set(hall.services)
    assert [(other.number, other.printer) for other in hall.others] == [(2, "printer2")]
    assert hall.prefixes == "ACFHLR"
    assert hall.services["REG-04"].counted
    assert not hall.services["PAY-02"].counted
    assert set(hall.purposes) == {"enquiry", "papers", "collect", "complain"}
    assert run_dir(settings).name == "run"


def test_a_kiosk_that_the_hall_does_not_have(settings):
    with pytest.raises(NoSuchKiosk, match=r"'kiosk9'.*kiosk1, kiosk2"):
        kiosk_of(settings, "kiosk9")


def test_times_are_the_halls(settings):
    assert local_time(settings)(1_764_043_200_000).strftime("%Y-%m-%d %H:%M") == "2025-11-25 12:00"


def test_every_service_is_found_by_the_initials_of_its_everyday_name(hall, index):
    from pypinyin import Style, lazy_pinyin

    lost = []
    for code, service in hall.services.items():
        signs = [sign for sign in service.plain.zh if sign.isalnum()]
        typed = "".join(lazy_pinyin("".join(signs), style=Style.FIRST_LETTER))
        found = [hit.code for hit in index.find(typed)]
        if code not in found[:2]:
            lost.append((code, service.plain.zh, typed, found[:3]))
    assert lost == []


FOUND = [
    ("zjjsb", "PAY-02"), ("cda", "ARC-01"), ("sbk", "CRD-"), ("tuixiu", "PEN-"), ("syj", "UNE-"), ("4050", "SUB-"),
    ("gsrd", "INJ-"), ("zhuanyi", "TRF-"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "code"), FOUND)
def test_what_people_say_leads_to_the_right_subject(index, typed, code):
    assert any(hit.code.startswith(code) for hit in index.find(typed)[:4]), [hit.code for hit in index.find(typed)]


def test_flexible_work_is_asked_back(index):
    assert several_meanings(index.find("lhjy")) == "灵活就业"


def test_no_sign_of_texts_and_catalogue_is_missing_in_the_faces(hall, tmp_path_factory):
    cache = tmp_path_factory.mktemp("fonts")
    signs = [load_texts(language).characters("kiosk.", "errors.", "terms.", "catalogue.") for language in ("zh", "en")]
    for service in hall.services.values():
        for names in (service.plain, service.name, *service.papers):
            signs += [names.zh, names.en]
    for group in (*hall.tiles, *hall.categories):
        signs += [group.name.zh, group.name.en]
    for zone in hall.zones.values():
        signs += [zone.window.zh, zone.window.en, zone.area.zh, zone.area.en]
    signs += [hall.name.zh, hall.name.en, "✓+-", *(names.zh for names in hall.purposes.values())]
    for bold in (False, True):
        assert missing_glyphs(chinese_font(cache, bold=bold), signs) == ""
