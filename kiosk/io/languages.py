"""The hall's further languages as one kiosk sees them: names wherever a name stands, and a file to begin one with."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from msgspec import Struct

from kiosk.names import Names
from kiosk.services import Hall
from kiosk.slip_look import SlipLook
from ticketserver.shared.fonts import without_glyph
from ticketserver.shared.languages import Language, chinese_names, wanted_sentences
from ticketserver.shared.problems import Problem, SettingsError
from ticketserver.shared.texts import load_texts

HEAD = """# {code}: 取号机和号票上的字。把每行引号里的英文改成本语言,花括号里的词留着不动,#号后面是中文原文
# Words of kiosk and slip: replace the English in quotes, keep what stands in braces; after # is the Chinese
[language]
name = "{code}"           # 按钮上的叫法,用本语言写  its own name, on the button
voice = ""                # 朗读的声音,见 espeak-ng --voices;"" 不朗读  empty: not read aloud
names_from = "en"         # 下面没有写的名称用 "en" 英文还是 "zh" 中文  whose names stand in

# 名称:可以不写全  Names: as many as you like
[names]
"""


def with_languages(hall: Hall, languages: Sequence[Language]) -> Hall:
    """The hall with these languages after its own."""
    if not languages:
        return hall
    named: Hall = _named(hall, languages)
    codes = tuple(each.code for each in languages)
    return replace(named, languages=(*hall.languages, *codes), slip=_slip(hall.slip, languages))


def _named(value: Any, languages: Sequence[Language]) -> Any:
    """The same value with every `Names` in it in these languages, too."""
    if isinstance(value, Names):
        return replace(value, more=tuple((each.code, _name(each, value.zh, value.en)) for each in languages))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _named(getattr(value, each.name), languages) for each in fields(value)})
    if isinstance(value, dict):
        return {key: _named(each, languages) for key, each in value.items()}
    return tuple(_named(each, languages) for each in value) if isinstance(value, tuple) else value


def _name(language: Language, chinese: str, english: str) -> str:
    return language.names.get(chinese, english if language.language.names_from == "en" else chinese)


def _slip(look: SlipLook, languages: Sequence[Language]) -> SlipLook:
    """The hall's own lines at the foot; as in the language that stands in, where not all of them are translated."""
    notices = dict(look.notices)
    for each in languages:
        chinese = notices.get("zh", ())
        known = all(line in each.names for line in chinese)
        stand_in = notices.get(each.language.names_from, ())
        notices[each.code] = tuple(each.names[line] for line in chinese) if known else stand_in
    return replace(look, notices=notices)


def first_file(code: str, hall: Iterable[Struct]) -> str:
    """A language's file to be translated: right as it stands, in English."""
    chinese, english = load_texts("zh"), load_texts("en")
    names = dict.fromkeys(name for part in hall for name in chinese_names(part))
    lines = [HEAD.format(code=code), *(f"# {_quoted(name)} = {_quoted('')}\n" for name in names)]
    table = ""
    for key in sorted(wanted_sentences(english), key=lambda key: key.rpartition(".")[0]):
        here, _, name = key.rpartition(".")
        if here != table:
            lines.append(f"\n[{here}]\n")
            table = here
        lines.append(f"{name} = {_quoted(str(english.sentences[key]))}  # {_one_line(str(chinese.sentences[key]))}\n")
    return "".join(lines)


def require_glyphs(font: Path, languages: Iterable[Language]) -> None:
    """Raises `SettingsError` that names what this typeface cannot show."""
    found = [
        Problem(file=each.file, line=0, path=(), kind="no_glyphs", value=" ".join(missing))
        for each in languages
        if (missing := without_glyph(font, _characters(each)))
    ]
    if found:
        raise SettingsError(found)


def _characters(language: Language) -> str:
    """What a typeface must be able to show."""
    said = "".join(map(str, language.own.values())) + "".join(language.names.values()) + language.language.name
    return "".join(sorted(set(said) - set("\n")))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _one_line(text: str) -> str:
    return text.replace("\n", " ")
