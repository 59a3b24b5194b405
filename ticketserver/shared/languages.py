"""A hall's further languages for its citizens: one file a language, beside hall.toml in the folder `hall.texts`.

    languages/vi.toml         `vi` names the language inside the program
    [language]                name on the button, voice for reading aloud, and whose words stand in for missing names
    [names]                   Chinese name as in hall.toml and catalogue.toml → name in this language
    [kiosk.button] [slip] …   the sentences of the kiosk and the slip, keys and placeholders as in texts/en

A name is keyed by its Chinese and not by a code: so one line serves services, tiles, papers, questions and windows
alike, whatever else the hall names later. Names may be missing: then the English or Chinese one stands there.
Sentences of the kiosk and the slip may not: half a screen in another language helps nobody. The server's refusals
(`[errors]`) and what only staff read may.
What can go wrong is told before the hall opens, each with its line: a sentence that is missing, unknown, empty or asks
for other values than ours; a name that the hall does not have.
"""

import difflib
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import fields

from ticketserver.shared.fields import Name
from ticketserver.shared.problems import Problem, SettingsError
from ticketserver.shared.reading import Tables, read_tables
from ticketserver.shared.texts import LANGUAGES, TextError, Texts, flatten, load_texts, placeholders

USUAL = "languages"
PROGRAMS = ("kiosk", "slip", "catalogue", "errors")
"""Whose sentences a file has: tables of the same names."""
NOT_NEEDED = ("errors.", "slip.test.", "slip.sample.", "slip.roll.", "slip.language.", "slip.mark.test")
"""What only staff read."""
OWN_NAME = "kiosk.frame.language"
"""Is said in `[language]`."""
Code = Annotated[str, Meta(pattern=r"^[a-z]{2,3}$")]


class About(Struct, frozen=True, kw_only=True):
    """`[language]`: `name` in the language itself. `voice`: of espeak-ng, empty = not read aloud. `names_from`: whose
    names and refusals stand where this file has none."""

    name: Annotated[str, Meta(min_length=1, max_length=24)]
    voice: Annotated[str, Meta(pattern=r"^([a-z]{2,3}[a-z0-9-]*)?$", max_length=40, extra={"allowed": "espeak"})] = ""
    names_from: Literal["en", "zh"] = "en"


class Language(Struct, frozen=True, kw_only=True, dict=True):
    """One file. `code` and `file` are no keys of it."""

    language: About
    names: dict[Name, Name] = {}
    kiosk: dict[str, Any]
    slip: dict[str, Any]
    catalogue: dict[str, Any]
    errors: dict[str, Any] = {}
    code: str = ""
    file: str = ""

    @cached_property
    def own(self) -> dict[str, str | tuple[str, ...]]:
        """The file's sentences by key. Raises `TextError` for what is none."""
        found: dict[str, str | tuple[str, ...]] = {}
        for program in PROGRAMS:
            found.update(flatten(getattr(self, program), program, Path(self.file)))
        return found

    @cached_property
    def texts(self) -> Texts:
        """Every sentence; of the stand-in's language where the file has none."""
        ours = load_texts(self.language.names_from).sentences
        return Texts(self.code, {**ours, **self.own, OWN_NAME: self.language.name})


def load_languages(folder: Path) -> tuple[tuple[Tables, Language], ...]:
    """Every `*.toml` of the folder, by name; none without a folder. Raises `SettingsError` with everything that is
    wrong with their sentences."""
    found: list[Problem] = []
    loaded = []
    for file in sorted(folder.glob("*.toml")):
        try:
            tables, language = read_tables(file, Language, hidden=frozenset({"code", "file"}))
            language = msgspec.structs.replace(language, code=file.stem, file=str(file))
            found += _sentences_wrong(tables, language)
            loaded.append((tables, language))
        except SettingsError as error:
            found += error.problems
    if found:
        raise SettingsError(found)
    return tuple(loaded)


def names_wrong(tables: Tables, language: Language, hall: Iterable[Struct]) -> Iterator[Problem]:
    """Names that none of these settings has: written otherwise here or there."""
    known = {name for part in hall for name in chinese_names(part)}
    for name in language.names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            details = {"near": near[0]} if near else {}
            allowed = "near_key" if near else "chinese_name"
            yield tables.problem(("names", name), "no_such_name", name, allowed, **details)


def chinese_names(value: object) -> Iterator[str]:
    """Every Chinese name in a part of the settings, in the order of its fields."""
    if isinstance(value, Struct):
        for field in fields(value):
            inside = getattr(value, field.name)
            if field.name == "zh" or field.name.endswith("_zh"):
                yield from (inside,) if isinstance(inside, str) else inside
            else:
                yield from chinese_names(inside)
    elif isinstance(value, tuple):
        for inside in value:
            yield from chinese_names(inside)


def wanted_sentences(ours: Texts) -> tuple[str, ...]:
    """The keys that a file must have."""
    theirs = (key for key in ours if key.partition(".")[0] in PROGRAMS and key != OWN_NAME)
    return tuple(key for key in theirs if not key.startswith(NOT_NEEDED))


def _sentences_wrong(tables: Tables, language: Language) -> Iterator[Problem]:
    try:
        msgspec.convert(language.code, Code)
    except msgspec.ValidationError:
        yield tables.problem((), "language_name", Path(tables.file).name)
        return
    if language.code in LANGUAGES:
        yield tables.problem((), "language_ours", language.code)
        return
    try:
        own = language.own
    except TextError as error:
        yield tables.problem((), "no_sentence", detail=str(error))
        return
    ours = load_texts(language.language.names_from)
    for key, sentence in own.items():
        yield from _sentence_wrong(tables, key, sentence, ours)
    missing = [key for key in wanted_sentences(ours) if key not in own]
    if missing:
        yield tables.problem((), "missing_sentences", count=str(len(missing)), keys=", ".join(missing))


def _sentence_wrong(tables: Tables, key: str, sentence: str | tuple[str, ...], ours: Texts) -> Iterator[Problem]:
    path = tuple(key.split("."))
    if key not in ours:
        near = difflib.get_close_matches(key, ours, n=1)
        yield tables.problem(path, "unknown_key", "", "near_key" if near else "", **({"near": near[0]} if near else {}))
        return
    if not isinstance(sentence, str) or not sentence:
        yield tables.problem(path, "wrong_value", sentence, "sentence")
        return
    wanted = ours.wanted(key)
    try:
        asked = placeholders(sentence)
    except ValueError:
        asked = None
    if asked != wanted:
        listed = " ".join(f"{{{name}}}" for name in sorted(wanted)) or "–"
        yield tables.problem(path, "other_values", sentence, "placeholders", wanted=listed)
