"""The pages need nothing newer than Chrome 86 (October 2020): names of later features must not stand in them."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "ticketserver" / "web"
PAGES = sorted(path for path in WEB.rglob("*") if path.suffix in (".js", ".css", ".html"))
LATER = {
    ".js": r"\.at\(|structuredClone|hasOwn\(|randomUUID|findLast|\.toSorted|\.toReversed|\.groupBy|\bstatic \{|"
    r"^await |AbortSignal\.timeout|\.replaceAll\(.*\/[gimsuy]*v|scheduler\.|\.isWellFormed|Array\.fromAsync",
    ".css": r":has\(|:is\(|:where\(|\binset:|aspect-ratio|accent-color|\d[dsl]v[hw]|@layer|@container|color-mix|"
    r"overflow: *clip|scrollbar-gutter|text-wrap|&:",
    ".html": r"\bpopover|\binert\b|fetchpriority|loading=",
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nothing_newer(page: Path) -> None:
    assert re.findall(LATER[page.suffix], page.read_text("utf-8"), re.MULTILINE) == []


def test_the_check_sees_something() -> None:
    assert PAGES
    assert re.search(LATER[".js"], "x.at(-1)")
    assert re.search(LATER[".css"], "inset: 0")
