"""The language of a line box: what it may say, and what a bad one says."""

import re
from dataclasses import replace

import pytest

from hardware.codecs.line_format import LineFormat

PLAIN = LineFormat(receive={"press": "K{address}:{key}"}, send={"led": "L{address}:{led}"})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"encoding": "gbk"}, "encoding 'gbk': allowed 'ascii', 'utf-8'"),
        ({"ending": ";"}, "ending ';'"),
        ({"checksum": "md5"}, "checksum 'md5': allowed '', 'sum8'"),
        ({"receive": {"push": "K{address}{key}"}}, "receive 'push'"),
        ({"receive": {"press": "K{address}:{led}"}}, r"receive\.press: field 'led'"),
        ({"receive": {"press": "K{address}"}}, r"needs \{key\} exactly once"),
        ({"receive": {"press": "{key}{key}{address}"}}, r"needs \{key\} exactly once"),
        ({"receive": {"alive": "OK"}}, r"needs \{address\} exactly once"),
        ({"send": {"lamp": "L{address}"}}, "send 'lamp'"),
        ({"send": {"led": "L{adr}"}}, r"send\.led: field 'adr': allowed 'address'"),
    ],
)
def test_a_bad_format_says_which_part_and_what_is_allowed(change: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        replace(PLAIN, **change)  # type: ignore[arg-type]


def test_a_template_is_read_by_its_own_signs_and_fields() -> None:
    [(kind, pattern)] = replace(PLAIN, receive={"down": "[{key}]({address})+"}).patterns
    assert kind == "down"
    found = pattern.fullmatch("[F_1](0a)+")
    assert found is not None
    assert found.groupdict() == {"key": "F_1", "address": "0a"}
    assert not any(pattern.fullmatch(text) for text in ("F(0a)", "[F_1](0a))", "[F 1](0a)+", "[F](0ag)+"))


def test_two_formats_of_the_same_words_are_the_same() -> None:
    assert replace(PLAIN) == PLAIN
    assert re.search("patterns", repr(PLAIN)) is None
