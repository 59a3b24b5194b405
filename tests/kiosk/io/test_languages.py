"""Further languages as a kiosk sees them: names everywhere, the file to begin with, what the typeface lacks."""

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec.structs import replace as with_fields

from kiosk.__main__ import main
from kiosk.io.hall import hall_of, kiosk_of
from kiosk.io.languages import require_glyphs, with_languages
from tests.kiosk.further import further_hall, further_settings
from ticketserver.shared.fonts import chinese_font
from ticketserver.shared.settings import SettingsError, load_settings

SETTINGS = further_settings()
(VIETNAMESE,) = SETTINGS.more
HALL = hall_of(SETTINGS, kiosk_of(SETTINGS, "kiosk1"))


def in_chinese_otherwise(language):
    return with_fields(language, language=with_fields(language.language, names_from="zh"))


def test_names_are_in_every_language_wherever_they_stand():
    assert HALL.languages == ("zh", "en", "vi")
    assert HALL.name_of("PAY-02", "vi") == "Tự đóng bảo hiểm"
    assert HALL.window_of("comprehensive", "vi") == "Quầy tổng hợp"
    assert "Căn cước hoặc thẻ bảo hiểm xã hội" in [paper.of("vi") for paper in HALL.services["PAY-02"].papers]
    assert HALL.name_of("PAY-02", "en") != HALL.name_of("PAY-02", "zh")


def test_a_name_that_is_not_translated_stands_in():
    assert HALL.name.of("vi") == HALL.name.of("en")
    bare = replace(HALL, languages=("zh", "en"))
    assert with_languages(bare, [in_chinese_otherwise(VIETNAMESE)]).name.of("vi") == HALL.name.of("zh")
    assert with_languages(bare, []) is bare


def test_the_halls_own_lines_on_the_slip_are_translated_all_or_none():
    look = replace(HALL.slip, notices={"zh": ("雨天路滑", "带好证件"), "en": ("Mind the rain",)})
    hall = replace(HALL, languages=("zh", "en"), slip=look)
    some = with_fields(VIETNAMESE, names={"雨天路滑": "Trời mưa"})
    every = with_fields(VIETNAMESE, names={"雨天路滑": "Trời mưa", "带好证件": "Giấy tờ"})
    assert with_languages(hall, [some]).slip.notices["vi"] == ("Mind the rain",)
    assert with_languages(hall, [in_chinese_otherwise(some)]).slip.notices["vi"] == ("雨天路滑", "带好证件")
    assert with_languages(hall, [every]).slip.notices["vi"] == ("Trời mưa", "Giấy tờ")


def test_a_letter_that_the_typeface_lacks_is_named(tmp_path_factory):
    font = chinese_font(tmp_path_factory.mktemp("fonts"))
    require_glyphs(font, SETTINGS.more)
    tibetan = with_fields(VIETNAMESE, names={"社保卡": "ལག་ཁྱེར"})
    with pytest.raises(SettingsError, match="ཁ"):
        require_glyphs(font, [tibetan])


def test_a_file_is_begun_that_is_right_as_it_stands(tmp_path, capsys):
    hall = further_hall(tmp_path)
    file = hall.parent / "languages" / "ko.toml"
    assert main(["language", "--config", str(hall), "--out", str(file)]) == 0
    assert "python -m ticketserver check" in capsys.readouterr().out
    assert [each.code for each in load_settings(hall).more] == ["ko", "vi"]
    assert '# "社保卡" = ""' in file.read_text("utf-8")
    before = file.read_text("utf-8")
    assert main(["language", "--config", str(hall), "--out", str(file)]) == 1
    assert file.read_text("utf-8") == before
    assert "没有写" in capsys.readouterr().err


def test_a_sample_slip_in_the_further_language(tmp_path, capsys):
    hall = further_hall(tmp_path)
    text = hall.read_text("utf-8").replace('"run/data"', f'"{tmp_path}/data"')
    hall.write_text(text.replace('"run/tokens"', f'"{tmp_path}/run/tokens"'), "utf-8")
    out = Path(tmp_path) / "slip.png"
    assert main(["slip", "--config", str(hall), "--language", "vi", "--out", str(out)]) == 0
    assert out.stat().st_size > 1_000
    assert main(["slip", "--config", str(hall), "--language", "fr", "--out", str(out)]) == 2
    assert "zh en vi" in capsys.readouterr().err
