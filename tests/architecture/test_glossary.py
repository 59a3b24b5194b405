"""docs/glossary.md gives the Chinese beside every word of the closed vocabularies that travel on the wire."""

import re
from enum import StrEnum

import pytest

from tests.architecture.tree import ROOT
from ticketserver.core import terms

GLOSSARY = ROOT / "docs" / "glossary.md"
VOCABULARIES = [each for each in vars(terms).values() if isinstance(each, type) and each.__base__ is StrEnum]


def entries(text: str) -> set[str]:
    """Words in backticks that stand on a line with Chinese beside them."""
    lines = (line for line in text.splitlines() if re.search(r"[\u4e00-\u9fff]", line))
    return {word for line in lines for word in re.findall(r"`([a-z_0-9]+)`", line)}


def test_only_words_with_chinese_beside_them_count():
    assert entries("| `hold` | 挂起 |\n| `park` | see hold |\n`no_show` 过号, `CALLED`") == {"hold", "no_show"}


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda each: each.__name__)
def test_every_word_of_the_wire_is_in_the_glossary(vocabulary):
    known = entries(GLOSSARY.read_text("utf-8"))
    assert sorted({member.value for member in vocabulary if member.value} - known) == []
