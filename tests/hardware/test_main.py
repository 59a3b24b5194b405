"""`python -m hardware`: which program the first words name."""

import subprocess
import sys

import pytest

from hardware.__main__ import PROGRAMS, main


@pytest.mark.parametrize("argv", [[], ["sim"], ["fly"], ["sim", "teapot"], ["printer", "sim"]])
def test_what_there_is_not(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    said = capsys.readouterr().err
    assert all(" ".join(words) in said for words in PROGRAMS)


def test_help_names_every_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"python -m hardware {' '.join(words)}" in said for words in PROGRAMS)


@pytest.mark.parametrize(
    ("words", "option"), [("bridge", "--config"), ("sim printer", "--slips"), ("sim box", "--protocol")]
)
def test_each_program_explains_itself(words: str, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*words.split(), "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith(f"usage: python -m hardware {words}")
    assert option in said


def test_a_program_gets_its_words_and_gives_its_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sim", "box", "state", "--control", "/nowhere/ctl"]) == 1
    assert "no virtual boxes at /nowhere/ctl" in capsys.readouterr().err


def test_a_virtual_printer_needs_none_of_the_servers_libraries() -> None:
    code = (
        "import sys; from hardware.__main__ import main\n"
        "main(['sim', 'printer'])\n"
        "print([name for name in ('websockets', 'serial', 'ticketserver', 'kivy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout == "[]\n"
