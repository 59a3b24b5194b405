"""What the pages say is there: links, pictures, files, make targets, programs, settings, and every message by its name.

Words in code type are taken at their word: a path below one of the rooms exists, `python -m X` can be started and has
the options that stand behind it, a dotted name in docs/operating is a key of hall.toml. And the other way round: every
setting stands on a page, every room in the drawing of the house. That fences of TOML load is test_docs_settings.py's.
"""

import re
import types
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin

import pytest
from msgspec import Struct
from msgspec.structs import fields

from tests.architecture.tree import ROOMS, ROOT, files
from ticketserver.__main__ import VERBS
from ticketserver.shared.catalogue import Catalogue
from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import load_texts

PAGES = [page for page in files(".md") if page.parts[0] == "docs" or str(page) in ("README.md", "CHANGELOG.md")]
OPERATING = [page for page in PAGES if page.parts[:2] == ("docs", "operating")]
ON_PAPER = "server.roster."
"""Words of a printed list, which explains itself."""
OF_PROGRAM = frozenset({"file", "loaded", "more"})
HOUSES = ("ticketserver", "hardware")
PLACES = (*ROOMS, "tests", "docs")


def read(page: Path) -> str:
    return (ROOT / page).read_text("utf-8")


def links(text: str) -> list[str]:
    """Addresses of links and pictures in Markdown, and of HTML pictures; those of other places left out."""
    found = re.findall(r"\]\(([^)\s]+)\)", without_fences(text)) + re.findall(r"<img[^>]*\ssrc=\"([^\"]+)\"", text)
    return [link.partition("#")[0] for link in found if not re.match(r"[a-z]+:|#", link)]


def fences(text: str, language: str = r"\w*") -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def without_fences(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def spans(text: str) -> list[str]:
    """What stands in code type inside sentences."""
    return re.findall(r"`([^`\n]+)`", without_fences(text))


def code(text: str) -> str:
    """All of a page that is in code type."""
    return "\n".join([*spans(text), *fences(text)])


def paths(text: str) -> list[str]:
    """Paths of the checkout that a page names."""
    return [span for span in spans(text) if re.fullmatch(rf"(?:{'|'.join(PLACES)})/[\w./-]*", span)]


def targets(text: str) -> set[str]:
    return set(re.findall(r"\bmake ([a-z][a-z-]*)", code(text)))


def started(text: str) -> set[str]:
    """Modules of ours that `python -m` is said to start."""
    return {name for name in re.findall(r"-m ([a-z_][\w.]*)", code(text)) if name.partition(".")[0] in PLACES}


def can_be_started(module: str) -> bool:
    place = ROOT / module.replace(".", "/")
    return place.with_suffix(".py").exists() or (place / "__main__.py").exists()


def options_said(text: str) -> set[tuple[str, str]]:
    """(module, option) of every `python -m` with an option behind it."""
    lines = code(text).replace("\\\n", " ").split("\n")
    said = [found for line in lines for found in re.findall(r"-m ([a-z_][\w.]*)([^`|;&#]*)", line)]
    return {(module, each) for module, rest in said for each in re.findall(r"(?<!\S)--[a-z][a-z-]*", rest)}


@cache
def options_of(places: tuple[str, ...]) -> frozenset[str]:
    """Options that any program below these folders takes."""
    sources = (read(path) for path in files(".py") if path.parts[0] in places)
    return frozenset(each for source in sources for each in re.findall(r'"(--[a-z][a-z-]*)"', source)) | {"--help"}


def inner(kind: Any) -> Any:
    """The struct or other type inside an annotation, a tuple, or what may be left out."""
    while get_origin(kind) is not None:
        parts = [part for part in get_args(kind) if part not in (type(None), Ellipsis)]
        if get_origin(kind) in (Union, types.UnionType) or get_origin(kind) is tuple or hasattr(kind, "__metadata__"):
            kind = parts[0]
        else:
            break
    return kind


def is_setting(path: list[str]) -> bool:
    """Whether hall.toml or the catalogue has this key. A key of a table that stands inside another may leave the outer
    one away."""
    if walks(Settings, path) or walks(Catalogue, path):
        return True
    return any(walks(inner(part.type), path[1:]) for part in every_table(path[0]))


def walks(kind: Any, path: list[str]) -> bool:
    for name in path:
        if not (isinstance(kind, type) and issubclass(kind, Struct)):
            return get_origin(kind) is dict
        known = {field.name: field.type for field in fields(kind) if field.name not in OF_PROGRAM}
        if name not in known:
            return False
        kind = inner(known[name])
    return True


def every_table(name: str, kind: type[Struct] = Settings) -> Iterator[Any]:
    """Fields of this name anywhere in the settings that are tables."""
    for field in fields(kind):
        part = inner(field.type)
        if isinstance(part, type) and issubclass(part, Struct) and field.name not in OF_PROGRAM:
            if field.name == name:
                yield field
            yield from every_table(name, part)


def settings_named(text: str) -> list[str]:
    """Dotted names whose first part is a table of hall.toml, and tables in brackets, as a page has them in code."""
    tables = {name for name in table_names() if name != "file"}
    dotted = [span for span in spans(text) if re.fullmatch(r"[a-z_]+(?:\.[a-z_0-9]+)+", span)]
    named = [span for span in dotted if span.partition(".")[0] in tables and not span.endswith((".md", ".toml"))]
    return named + [span.strip("[]") for span in spans(text) if re.fullmatch(r"\[\[?[a-z_.]+\]\]?", span)]


def every_key(kind: type[Struct] = Settings) -> Iterator[str]:
    """All that can be written in hall.toml, tables left out."""
    for field in fields(kind):
        part = inner(field.type)
        if isinstance(part, type) and issubclass(part, Struct):
            yield from every_key(part) if field.name not in OF_PROGRAM else ()
        elif field.name not in OF_PROGRAM:
            yield field.name


def rooms_drawn(text: str) -> set[Path]:
    """The folders of the tree that a page draws in its first fence: two spaces to a step."""
    found, above = set(), []
    for line in fences(text)[0].split("\n"):
        if drawn := re.match(r"( *)(\w+)/", line):
            above[len(drawn[1]) // 2 :] = [drawn[2]]
            found.add(Path(*above))
    return found


def rooms_built() -> set[Path]:
    """Packages of ours, and what lies right inside the two that have rooms of their own."""
    rooms = [path.parts[:2] for path in files() if path.parts[0] in HOUSES and len(path.parts) > 2]
    return {*map(Path, ROOMS), *(Path(*room) for room in rooms)}


def table_names(kind: type[Struct] = Settings) -> Iterator[str]:
    for field in fields(kind):
        part = inner(field.type)
        if isinstance(part, type) and issubclass(part, Struct):
            yield field.name
            yield from table_names(part)


def messages() -> list[str]:
    """Every message that an operator may see, by its key in the catalogue; faults.md has the last part of it."""
    shown = ("server.", "errors.", "box.", "display.clips.", "config.problem.", "config.font.", "config.review.")
    return [key for key in load_texts("zh") if key.startswith(shown) and not key.startswith(ON_PAPER)]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_and_picture_leads_to_a_file(page):
    base = (ROOT / page).parent
    assert [link for link in links(read(page)) if not (base / link).resolve().exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_path_in_code_type_exists(page):
    assert [path for path in paths(read(page)) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_make_target_exists(page):
    known = set(re.findall(r"^([a-z][a-z-]*):", read(Path("Makefile")), re.MULTILINE))
    assert targets(read(page)) - known == set()


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_everything_that_is_to_be_started_can_be(page):
    text = read(page)
    assert [name for name in started(text) if not can_be_started(name)] == []
    assert set(re.findall(r"-m ticketserver ([a-z]+)", code(text))) <= set(VERBS)
    of_tests = options_of(("tests",))
    assert [(name, each) for name, each in options_said(text)
            if each not in (of_tests if name.startswith("tests.") else options_of(ROOMS))] == []  # fmt: skip


@pytest.mark.parametrize("page", OPERATING, ids=str)
def test_every_setting_is_one_of_hall_toml(page):
    assert [name for name in settings_named(read(page)) if not is_setting(name.split("."))] == []


def test_every_setting_is_on_a_page():
    said = set(re.findall(r"\w+", "\n".join(code(read(page)) for page in OPERATING)))
    assert sorted(set(every_key()) - said) == []


def test_the_house_is_drawn_as_it_is_built():
    assert rooms_drawn(read(Path("docs/architecture.md"))) == rooms_built()


def test_faults_knows_every_message_that_an_operator_may_see():
    known = set(spans(read(Path("docs/operating/faults.md"))))
    assert [key for key in messages() if key.rpartition(".")[2] not in known] == []


def test_the_readme_has_the_two_commands_in_its_first_fences():
    first = "\n".join(fences(read(Path("README.md")))[:2]).split("\n")
    assert [line.split("#")[0].strip() for line in first if line.startswith("make ")] == ["make run", "make test"]


def test_every_page_is_reached_from_the_readme():
    seen, waiting = set(), [Path("README.md")]
    while waiting:
        page = waiting.pop()
        if page not in seen and page.suffix == ".md" and (ROOT / page).exists():
            seen.add(page)
            base = (ROOT / page).parent
            waiting += [(base / link).resolve().relative_to(ROOT) for link in links(read(page))]
    assert [page for page in PAGES if page not in seen] == []


PAGE = """[a](docs/no.md) ![b](no.png) [c](https://example.org/x) [d](#part) <img width="9" src="no2.png">
`make nothing` `tests/no.py` `python -m kiosk.no` `server.no_port` `server.ws_port` `[[nobus]]` `[bus.line]` `line.leds`
"""


def test_planted_mistakes_are_seen():
    assert links(PAGE) == ["docs/no.md", "no.png", "no2.png"]
    assert targets(PAGE) == {"nothing"}
    assert paths(PAGE) == ["tests/no.py"]
    assert started(PAGE) == {"kiosk.no"}
    assert [can_be_started(name) for name in ("kiosk.no", "kiosk", "ticketserver.runner.run")] == [False, True, True]
    assert options_said("`python -m kiosk pin --no-such FILE` `make run --dry`") == {("kiosk", "--no-such")}
    assert "--no-such" not in options_of(ROOMS)
    assert rooms_drawn("```\nhall/\n  desk/\n    pen.py\n  door/ leads out\n```\n") == {
        Path("hall"), Path("hall/desk"), Path("hall/door"),
    }  # fmt: skip
    assert [name for name in settings_named(PAGE) if not is_setting(name.split("."))] == ["server.no_port", "nobus"]
    assert {key.partition(".")[0] for key in messages()} == {"server", "errors", "box", "display", "config"}
