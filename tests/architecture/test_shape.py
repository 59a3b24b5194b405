"""Lengths, opening theories and forbidden words of every file, and planted violations of each."""

import pytest

from tests.architecture import shape
from tests.architecture.imports import module_name, row_of
from tests.architecture.tree import ROOT, files, modules
from ticketserver.runner.covered import sources

THEORY_ROOMS = ("ticketserver/core", "ticketserver/wire", "ticketserver/store", "hardware/codecs")


def report(found: list[str]) -> str:
    return "\n" + "\n".join(found)


def test_no_file_outgrows_its_room():
    found = shape.size_offences(shape.lengths(), shape.ceilings())
    assert not found, report(found)


def test_no_function_outgrows_its_file():
    pure = set(sources())
    found = []
    for path in files(".py"):
        most = shape.PURE_FUNCTION if str(path) in pure else shape.FUNCTION
        found += shape.function_offences((ROOT / path).read_text("utf-8"), str(path), most)
    assert not found, report(found)


def test_the_inner_rooms_open_with_their_theory():
    found = []
    for path in modules(*THEORY_ROOMS):
        if path.name != "__init__.py":
            found += shape.theory_offences((ROOT / path).read_text("utf-8"), str(path))
    assert not found, report(found)


def test_no_file_names_a_workshop_or_leaves_a_thing_for_later():
    found = []
    for path in files():
        try:
            text = (ROOT / path).read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += shape.word_offences(text, str(path))
    assert not found, report(found)


def test_no_patch_left_anything_behind():
    assert files(*shape.LEFT_BEHIND) == []


def test_the_parts_that_must_be_covered_are_the_ones_the_import_table_calls_pure():
    for source in sources():
        row = row_of(module_name(source))
        assert row is not None
        assert row.pure, f"{source} is to be covered as pure, and the import table lets it touch the world"


def test_the_ratchet_sees_growth_newcomers_and_stale_lines():
    allowed = {"a.py": 200, "gone.py": 300, "shrunk.py": 180}
    found = shape.size_offences({"a.py": 201, "new.py": 171, "huge.py": 501, "shrunk.py": 170, "fine.py": 170}, allowed)
    assert [line.split(":")[0] for line in found] == ["a.py", "huge.py", "new.py", "gone.py", "shrunk.py"]
    assert shape.size_offences({"a.py": 200}, {"a.py": 200}) == []


@pytest.mark.parametrize("body", [38, 39])
def test_a_function_is_counted_from_def_to_its_end(body):
    source = "class A:\n    async def long(self):\n" + "        x = 1\n" * body
    assert bool(shape.function_offences(source, "a.py", 39)) is (body + 1 > 39)


def test_a_file_without_theory_is_seen():
    assert shape.theory_offences("x = 1", "a.py")
    assert shape.theory_offences('"""Short."""', "a.py")
    assert not shape.theory_offences('"""' + "A table of states and what each key does in them. " * 2 + '"""', "a.py")


@pytest.mark.parametrize(
    "line",
    ["see ../" + "shared/x", "cd /wo" + "rk/main", "a = '/tm" + "p/x'", "# TO" + "DO later", "FIX" + "ME"],
)
def test_a_forbidden_word_is_seen(line):
    assert shape.word_offences(f"x\n{line}", "a.py")[0].startswith("a.py:2:")


def test_ordinary_words_pass():
    line = "Networks are shared/open; /tmp/.X11-unix/X0; todos; the root/folder; hacked"
    assert shape.word_offences(line, "a.py") == []
