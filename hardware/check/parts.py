"""What the tests of all families share: what was asked, what was found, how it is said.

A family is one file with one function, `tests(ask)`: a `Trial` for each of its devices.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import load_texts
from ticketserver.wire.views_hall import DeviceView

LIMIT_S: Final = 10.0


class Mark(StrEnum):
    """WELL; NOTE: nothing is wrong, somebody should read it; WRONG: to be put right."""

    WELL = "well"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True)
class Word:
    """A word of the catalogue inside a sentence, in the sentence's language."""

    key: str

    def text(self, language: str) -> str:
        texts = load_texts(language)
        # A reason that a newer program reports is shown as it is.
        return texts(self.key) if self.key in texts else self.key.rpartition(".")[2]


@dataclass(frozen=True)
class Named:
    """A name that hall.toml or a model has in both languages."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Finding:
    """One sentence about one device: `code` is its key under `check.`, `values` fill it in."""

    device: str
    mark: Mark
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str) -> str:
        return said(language, self.code, self.values)


def said(language: str, code: str, values: Mapping[str, object]) -> str:
    """The sentence `check.CODE` in a language, the words in it too."""
    words = {name: each.text(language) if isinstance(each, Word | Named) else each for name, each in values.items()}
    return load_texts(language)(f"check.{code}", **words)


@dataclass
class Ask:
    """`press_s`, `scan_s`: how long to wait for a person's press, code or card; 0 = no such test was asked for.
    `known`: what the server says of devices, by id, once its own test is over. `prompt` tells the person what to do."""

    settings: Settings
    prompt: Callable[[Finding], None]
    press_s: float = 0.0
    scan_s: float = 0.0
    known: dict[str, DeviceView] = field(default_factory=dict)


@dataclass(frozen=True)
class Trial:
    """`names`: the ids of what it is about. `link`: what it opens; tests of one link run one after another. `run` takes
    at most `limit_s`."""

    names: tuple[str, ...]
    link: str
    run: Callable[[], list[Finding]]
    limit_s: float = LIMIT_S


def wrong(device: str, code: str, /, **values: object) -> Finding:
    return Finding(device, Mark.WRONG, code, values)


def note(device: str, code: str, /, **values: object) -> Finding:
    return Finding(device, Mark.NOTE, code, values)


def well(device: str, code: str, /, **values: object) -> Finding:
    return Finding(device, Mark.WELL, code, values)


def reason(word: str) -> Word:
    """The sentence for a device's fault."""
    return Word(f"terms.device_reason.{word}")
