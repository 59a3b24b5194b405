"""The message catalogue: every sentence a person can read, in Chinese and English.

One folder a language, one TOML file a program: the key `kiosk.confirm.title` is `title` of table `[confirm]` in
`<lang>/kiosk.toml`. A value is a sentence, or a list of sentences (`texts.lines`). `{name}` marks what is filled in,
`{{` and `}}` are plain braces. What can go wrong: a key that does not exist, or a call that does not give exactly what
the sentence asks for; both raise `TextError` at the call, and `check` finds what one language has and another lacks.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Final

LANGUAGES: Final = ("zh", "en")
HERE: Final = Path(__file__).parent


class TextError(LookupError):
    """A message that does not exist, or is not given what it asks for."""


@cache
def placeholders(sentence: str) -> frozenset[str]:
    """Names in braces: `{count} of {total}` has count and total. Raises `ValueError` on a stray brace."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


class Texts:
    """All sentences of one language: `texts("kiosk.confirm.title", count=2)`."""

    def __init__(self, language: str, sentences: Mapping[str, str | tuple[str, ...]]) -> None:
        self.language = language
        self._sentences = dict(sentences)

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence with its braces filled in. Raises `TextError`."""
        sentence = self._sentences.get(key)
        if not isinstance(sentence, str):
            raise TextError(f"no message {key!r} in language {self.language!r}")
        self._demand(key, placeholders(sentence), values)
        return sentence.format(**values)

    def lines(self, key: str, /, **values: object) -> tuple[str, ...]:
        """A list of sentences, each filled in; every value must be asked for by one of them. Raises `TextError`."""
        sentences = self._sentences.get(key)
        if not isinstance(sentences, tuple):
            raise TextError(f"no list of messages {key!r} in language {self.language!r}")
        self._demand(key, self.wanted(key), values)
        return tuple(sentence.format(**values) for sentence in sentences)

    def __contains__(self, key: str) -> bool:
        return key in self._sentences

    def __iter__(self) -> Iterator[str]:
        """All keys."""
        return iter(self._sentences)

    def wanted(self, key: str) -> frozenset[str]:
        """The placeholders of a message; of a list, of all its sentences together."""
        sentence = self._sentences[key]
        sentences = (sentence,) if isinstance(sentence, str) else sentence
        return frozenset[str]().union(*map(placeholders, sentences))

    @property
    def sentences(self) -> dict[str, str | tuple[str, ...]]:
        """All messages as they are, for a page that fills them in itself."""
        return dict(self._sentences)

    def characters(self, *prefixes: str) -> str:
        """Every character of the messages under the prefixes (`kiosk.`), sorted: what a font must be able to show."""
        used: set[str] = set()
        for key, sentence in self._sentences.items():
            if not prefixes or key.startswith(prefixes):
                used.update(sentence if isinstance(sentence, str) else "".join(sentence))
        return "".join(sorted(used))

    def _demand(self, key: str, wanted: frozenset[str], values: Mapping[str, object]) -> None:
        if wanted != values.keys():
            raise TextError(f"message {key!r} asks for {sorted(wanted)} and was given {sorted(values)}")


def flatten(table: Mapping[str, object], prefix: str, file: Path) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """A file's sentences by key. Raises `TextError` on anything else."""
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict):
            yield from flatten(value, key, file)
        elif isinstance(value, str):
            yield key, value
        elif isinstance(value, list) and all(isinstance(line, str) for line in value):
            yield key, tuple(value)
        else:
            raise TextError(f"{file}: {key} is neither a sentence, a list of sentences nor a table")


def read_texts(folder: Path, language: str) -> Texts:
    """Read all `*.toml` of `folder/language`. Raises `TextError` on a language without files or a wrong file."""
    files = sorted((folder / language).glob("*.toml"))
    if not files:
        raise TextError(f"no messages for language {language!r} in {folder}")
    sentences: dict[str, str | tuple[str, ...]] = {}
    for file in files:
        try:
            table = tomllib.loads(file.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise TextError(f"{file}: {error}") from error
        sentences.update(flatten(table, file.stem, file))
    return Texts(language, sentences)


@cache
def load_texts(language: str) -> Texts:
    """The product's messages in one language, `zh` or `en`. Raises `TextError`."""
    return read_texts(HERE, language)


def check(one: Texts, other: Texts) -> tuple[str, ...]:
    """What differs between two languages, a line each: keys only one of them has, other placeholders, a list against a
    sentence, a sentence that is empty or cannot be filled in. Empty = equal."""
    found: list[str] = []
    for mine, theirs in ((one, other), (other, one)):
        found += [f"{key}: in {mine.language}, not in {theirs.language}" for key in mine if key not in theirs]
        found += [f"{key}: empty in {mine.language}" for key in mine if not mine._sentences[key]]
    for key in one:
        if key not in other:
            continue
        if type(one._sentences[key]) is not type(other._sentences[key]):
            found.append(f"{key}: a list in one language, a sentence in the other")
        try:
            differ = one.wanted(key) ^ other.wanted(key)
        except ValueError as error:
            found.append(f"{key}: {error}")
            continue
        if differ:
            found.append(f"{key}: placeholders {sorted(differ)} in one language only")
    return tuple(found)
