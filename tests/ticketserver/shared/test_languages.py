"""A hall's further languages: what a file may say, and what is told of one that cannot be used."""

from pathlib import Path

import pytest

from tests.kiosk.further import further_hall
from ticketserver.shared.languages import wanted_sentences
from ticketserver.shared.settings import SettingsError, load_settings
from ticketserver.shared.texts import load_texts


@pytest.fixture
def hall(tmp_path):
    return further_hall(tmp_path)


def file_of(hall: Path) -> Path:
    return hall.parent / "languages" / "vi.toml"


def changed(hall: Path, before: str, after: str) -> str:
    """What is told when the file says this instead of that."""
    text = file_of(hall).read_text("utf-8")
    assert before in text
    file_of(hall).write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(SettingsError) as told:
        load_settings(hall)
    return str(told.value)


def test_a_file_in_the_folder_is_a_language(hall):
    (language,) = load_settings(hall).more
    assert (language.code, language.language.name, language.language.voice) == ("vi", "Tiếng Việt", "vi")
    assert language.texts("kiosk.button.take") == "Lấy số"
    assert language.texts("kiosk.frame.language") == "Tiếng Việt"
    assert language.names["社保卡"] == "Thẻ bảo hiểm xã hội"


def test_what_citizens_do_not_read_stands_in(hall):
    (language,) = load_settings(hall).more
    assert language.texts("errors.cut_off") == load_texts("en")("errors.cut_off")
    file_of(hall).write_text(file_of(hall).read_text("utf-8") + '\n[errors]\ncut_off = "Hết giờ"\n', "utf-8")
    (language,) = load_settings(hall).more
    assert language.texts("errors.cut_off") == "Hết giờ"


def test_chinese_stands_in_where_the_file_says_so(hall):
    text = file_of(hall).read_text("utf-8")
    file_of(hall).write_text(text.replace('names_from = "en"', 'names_from = "zh"'), "utf-8")
    (language,) = load_settings(hall).more
    assert language.texts("errors.cut_off") == load_texts("zh")("errors.cut_off")


def test_without_the_folder_there_is_none_and_another_one_can_be_named(hall):
    file_of(hall).parent.rename(hall.parent / "words")
    assert load_settings(hall).more == ()
    text = hall.read_text("utf-8")
    hall.write_text(text.replace("[hall]\n", '[hall]\ntexts = "words"\n', 1), "utf-8")
    assert [each.code for each in load_settings(hall).more] == ["vi"]
    hall.write_text(text.replace("[hall]\n", '[hall]\ntexts = "nowhere"\n', 1), "utf-8")
    with pytest.raises(SettingsError, match=r"hall\.texts.*nowhere") as told:
        load_settings(hall)
    assert "没有这个文件夹" in str(told.value)


def test_sentences_that_are_missing_are_named(hall):
    told = changed(hall, 'take = "Lấy số"\n', "")
    assert "缺 1 句" in told
    assert "kiosk.button.take" in told
    told = changed(hall, "[slip.mark]", "[slip.marks]")
    assert "slip.mark.reprint" in told
    assert "slip.marks.reprint" in told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('take = "Lấy số"', 'take = "Lấy số {number}"', "It needs: –"),
        ("{count}", "{how_many}", "{count}"),
        ('take = "Lấy số"', 'take = "Lấy {số"', "kiosk.button.take"),
        ('take = "Lấy số"', 'take = ""', "not an empty one"),
        ('take = "Lấy số"', 'take = ["Lấy", "số"]', "Write a sentence"),
        ('take = "Lấy số"', "take = 7", "kiosk.button.take"),
        ('take = "Lấy số"', 'take = "Lấy số"\ntakes = "Lấy"', "Did you mean kiosk.button.take"),
        ('take = "Lấy số"', 'take = "Lấy số"\nqqqqqqq = "Lấy"', "kiosk.button.qqqqqqq"),
        ('"社保卡" =', '"社保卡片" =', "Did you mean 社保卡"),
        ('"社保卡" =', '"Thẻ" =', "exactly as in hall.toml"),
        ('voice = "vi"', 'voice = "vi -w x"', "espeak-ng --voices"),
        ('names_from = "en"', 'names_from = "fr"', "en, zh"),
        ("[kiosk.button]", "[kiosk.button", "TOML"),
    ],
)
def test_what_is_wrong_is_told(hall, before, after, told):
    said = changed(hall, before, after)
    assert told in said
    assert "vi.toml" in said


def test_a_mistake_is_told_with_its_line(hall):
    line = file_of(hall).read_text("utf-8").split("\n").index('take = "Lấy số"') + 1
    assert f"vi.toml, line {line}:" in changed(hall, 'take = "Lấy số"', 'take = ""')


@pytest.mark.parametrize(("name", "told"), [("Viet.toml", "two or three small letters"), ("en.toml", "there already")])
def test_a_file_is_named_by_its_language(hall, name, told):
    file_of(hall).rename(file_of(hall).with_name(name))
    with pytest.raises(SettingsError, match=told):
        load_settings(hall)


def test_what_only_staff_read_is_not_asked_for():
    wanted = wanted_sentences(load_texts("en"))
    assert {"kiosk.home.title", "kiosk.frame.languages", "slip.foot", "slip.mark.priority"} < {*wanted}
    assert "catalogue.papers.joiner" in wanted
    assert not {"slip.mark.test", "slip.roll.said", "kiosk.frame.language", "errors.cut_off"} & {*wanted}
    assert not any(key.startswith(("console.", "guide.", "config.")) for key in wanted)
