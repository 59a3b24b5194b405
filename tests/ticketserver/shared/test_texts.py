"""The message catalogue: both languages complete, every vocabulary worded, wrong calls refused."""

from enum import Enum
from pathlib import Path

import pytest

from ticketserver.core import terms
from ticketserver.shared.texts import LANGUAGES, TextError, Texts, check, load_texts, placeholders, read_texts
from ticketserver.wire.errors import Refusal

VOCABULARIES = {
    "visit_state": terms.VisitState, "counter_state": terms.CounterState, "key": terms.Key, "role": terms.Role,
    "source": terms.Source, "basis": terms.Basis, "call_reason": terms.CallReason, "ahead_reason": terms.AheadReason,
    "stage_reason": terms.StageReason, "hold_kind": terms.HoldKind, "cancel_reason": terms.CancelReason,
    "started_by": terms.StartedBy,
    "finished_by": terms.FinishedBy, "no_show_by": terms.NoShowBy, "print_outcome": terms.PrintOutcome,
    "device_health": terms.DeviceHealth, "phase": terms.Phase,
}  # fmt: skip


def test_both_languages_say_the_same_things() -> None:
    assert check(load_texts("zh"), load_texts("en")) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_a_sentence(language: str) -> None:
    texts = load_texts(language)
    assert all(texts(f"errors.{code.value}") for code in Refusal)


@pytest.mark.parametrize("vocabulary", VOCABULARIES.items(), ids=lambda pair: pair[0])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_its_word_and_no_word_is_left_over(language: str, vocabulary: tuple[str, type[Enum]]) -> None:
    name, terms_of_it = vocabulary
    texts = load_texts(language)
    worded = {key.rsplit(".", 1)[1] for key in texts if key.startswith(f"terms.{name}.")}
    assert worded == {term.value for term in terms_of_it}


def test_the_chinese_sentences_are_chinese() -> None:
    texts = load_texts("zh")
    said = {key: texts(key, **dict.fromkeys(texts.wanted(key), "1")) for key in texts if key.startswith("errors.")}
    assert [key for key, sentence in said.items() if not any("一" <= sign <= "鿿" for sign in sentence)] == []


SENTENCES = {"box.hello": "Hello {name}, {count} of {count}", "box.list": ("a {one}", "b {two}"), "box.plain": "{{x}}"}
TEXTS = Texts("en", SENTENCES)


def test_fills_in_what_a_sentence_asks_for() -> None:
    assert TEXTS("box.hello", name="A", count=2) == "Hello A, 2 of 2"
    assert TEXTS("box.plain") == "{x}"
    assert TEXTS.lines("box.list", one=1, two=2) == ("a 1", "b 2")
    assert TEXTS.wanted("box.list") == {"one", "two"}


@pytest.mark.parametrize(
    ("key", "values"),
    [("box.none", {}), ("box.list", {}), ("box.hello", {"name": "A"}), ("box.plain", {"x": 1})],
)
def test_refuses_a_wrong_key_or_other_values(key: str, values: dict[str, object]) -> None:
    with pytest.raises(TextError, match=key):
        TEXTS(key, **values)


@pytest.mark.parametrize(("key", "values"), [("box.hello", {}), ("box.list", {"one": 1})])
def test_refuses_a_wrong_list(key: str, values: dict[str, object]) -> None:
    with pytest.raises(TextError, match=key):
        TEXTS.lines(key, **values)


def test_knows_the_characters_it_shows() -> None:
    texts = Texts("zh", {"kiosk.a": "请取号", "kiosk.b": ("号",), "slip.a": "票"})
    assert texts.characters("kiosk.") == "".join(sorted("请取号"))
    assert "票" in texts.characters()


@pytest.mark.parametrize(
    ("zh", "en", "found"),
    [
        ({"a": "x"}, {}, "a: in zh, not in en"),
        ({}, {"a": "x"}, "a: in en, not in zh"),
        ({"a": ""}, {"a": "x"}, "a: empty in zh"),
        ({"a": "{x}"}, {"a": "{y}"}, "a: placeholders ['x', 'y'] in one language only"),
        ({"a": ("x",)}, {"a": "x"}, "a: a list in one language, a sentence in the other"),
        ({"a": "}"}, {"a": "x"}, "a: Single '}' encountered in format string"),
    ],
)
def test_finds_what_differs(zh: dict[str, str], en: dict[str, str], found: str) -> None:
    assert check(Texts("zh", zh), Texts("en", en)) == (found,)


def test_reads_a_folder(tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "kiosk.toml").write_text('top = "一"\n[a.b]\nc = "二"\nd = ["三", "四"]\n', "utf-8")
    (tmp_path / "zh" / "slip.toml").write_text('top = "五"\n', "utf-8")
    texts = read_texts(tmp_path, "zh")
    assert list(texts) == ["kiosk.top", "kiosk.a.b.c", "kiosk.a.b.d", "slip.top"]
    assert texts("kiosk.a.b.c") == "二"
    assert texts.lines("kiosk.a.b.d") == ("三", "四")


@pytest.mark.parametrize("content", ["a = 1", 'a = ["x", 1]', "a = "])
def test_refuses_a_file_that_is_no_message_file(tmp_path: Path, content: str) -> None:
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "kiosk.toml").write_text(content, "utf-8")
    with pytest.raises(TextError, match=r"kiosk\.toml"):
        read_texts(tmp_path, "zh")


def test_refuses_a_language_without_files(tmp_path: Path) -> None:
    with pytest.raises(TextError, match="fr"):
        read_texts(tmp_path, "fr")


def test_placeholders_of_a_sentence() -> None:
    assert placeholders("{a} and {b}, {{c}}") == {"a", "b"}
