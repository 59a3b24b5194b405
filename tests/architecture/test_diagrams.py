"""docs/states.md and docs/wire.md say what the program says now, all of it, and every link in them leads somewhere."""

import re
import subprocess
import sys

import pytest

from tests.architecture import page_states, page_wire, pages
from tests.architecture.tree import ROOT
from ticketserver.core.terms import CounterState, Key, VisitState
from ticketserver.core.transitions import COUNTER, KEYS, VISIT
from ticketserver.wire import errors
from ticketserver.wire.methods import METHODS, NOTIFICATIONS, TOPICS


@pytest.mark.parametrize("name", pages.PAGES)
def test_the_page_is_as_fresh_as_the_program(name):
    """If it is not: python -m tests.architecture.pages --write"""
    assert (ROOT / name).read_text("utf-8") == pages.PAGES[name]()


def test_a_stale_page_is_seen_and_written_anew(tmp_path):
    assert pages.stale(tmp_path) == list(pages.PAGES)
    assert pages.write(tmp_path) == list(pages.PAGES)
    assert pages.stale(tmp_path) == []
    page = tmp_path / "docs" / "wire.md"
    page.write_text(page.read_text("utf-8").replace("| `kiosk`", "| `kiosks`", 1).replace("hello", "hallo", 1), "utf-8")
    assert pages.stale(tmp_path) == ["docs/wire.md"]


def test_the_command_says_that_nothing_is_stale():
    argv = [sys.executable, "-m", "tests.architecture.pages"]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "nothing is stale\n")


def rows(*tables) -> set[tuple[str, str, str]]:
    return {(s.name, page_states.words(event), to.name) for table in tables for (s, event), to in table.items()}


def arrows(text: str) -> set[tuple[str, str, str]]:
    """Every arrow of a page's diagrams, one for each thing that leads along it."""
    found = re.findall(r"^    (\w+) --> (\w+): (.*)$", text, re.MULTILINE)
    return {(state, label, to) for state, to, labels in found for label in labels.split(", ")}


def test_every_row_of_the_tables_is_an_arrow_and_nothing_else_is():
    drawn = arrows(page_states.page())
    assert rows(VISIT, COUNTER) <= drawn
    left = drawn - rows(VISIT, COUNTER)
    assert {label for _, label, _ in left} == {"stage finished (stages left)", "day ended"}
    assert {to for _, _, to in left} == {"WAITING", "EXPIRED", "FINISHED"}


def test_every_state_is_drawn_and_has_its_chinese():
    text = page_states.page()
    for state in (*VisitState, *CounterState):
        assert re.search(rf"--> {state.name}\b", text)
        assert re.search(rf"\b{state.name} [\u4e00-\u9fff]", text)


def test_every_key_is_a_row_and_every_action_has_words():
    used = {action for row in KEYS.values() for action in row.values()}
    assert set(page_states.KEY_ACTIONS) == used
    lines = [line for line in page_states.page().splitlines() if line.startswith("| `")]
    assert [line.split("`")[1] for line in lines] == [key.value for key in Key]
    for key, line in zip(Key, lines, strict=True):
        cells = line.strip("| ").split(" | ")[2:]
        assert [cell == "beep" for cell in cells] == [key not in KEYS[state] for state in CounterState]


def headings(text: str) -> list[str]:
    return re.findall(r"^#+ (.*)$", text, re.MULTILINE)


def test_every_method_notification_topic_and_code_is_on_the_page():
    text = page_wire.page()
    known = headings(text)
    assert set(NOTIFICATIONS) <= set(known)
    grouped = [name for names in page_wire.GROUPS.values() for name in names]
    assert [name for name in known if name in METHODS] == grouped
    assert sorted(grouped) == sorted(METHODS)
    assert all(f"| `{topic}` |" in text for topic in TOPICS)
    assert all(f"| `{code.value}` |" in text for code in errors.Refusal)
    assert set(page_wire.CODES) == {v for k, v in vars(errors).items() if isinstance(v, int) and k.isupper()}


def test_every_link_within_the_page_leads_to_a_heading_and_no_heading_stands_twice():
    text = page_wire.page()
    anchors = [re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-")) for heading in headings(text)]
    anchors += re.findall(r'<a id="(\w+)">', text)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(anchors)


def test_every_shape_on_the_page_is_linked_from_somewhere():
    text = page_wire.page()
    names = [kind.__name__ for kind in page_wire.shapes()]
    assert [name for name in names if f"](#{name.lower()})" not in text] == []
