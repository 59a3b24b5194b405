"""`python -m kiosk slip` and `python -m kiosk roll`: a hall's own look as a picture, and word of a new roll."""

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from kiosk.__main__ import main
from tests.hardware.devices.escpos_reader import Picture, Reader, Text
from ticketserver.shared.texts import HERE

SAMPLE = HERE.parent / "sample"


@pytest.fixture
def hall(tmp_path: Path) -> Path:
    """The sample hall, with run-time files of its own."""
    text = (SAMPLE / "hall.toml").read_text("utf-8")
    text = text.replace('"run/data"', f'"{tmp_path}/data"').replace('"run/tokens"', f'"{tmp_path}/run/tokens"')
    (tmp_path / "hall.toml").write_text(text, "utf-8")
    (tmp_path / "catalogue.toml").write_bytes((SAMPLE / "catalogue.toml").read_bytes())
    return tmp_path / "hall.toml"


def with_slip(hall: Path, lines: str) -> None:
    hall.write_text(hall.read_text("utf-8") + "\n[slip]\n" + lines, "utf-8")


def shown(hall: Path, *more: str) -> tuple[Image.Image, list[str]]:
    """The picture, and the lines of the bytes beside it."""
    out, data = hall.with_name("slip.png"), hall.with_name("slip.bin")
    assert main(["slip", "--config", str(hall), "--out", str(out), "--bytes", str(data), *more]) == 0
    [piece] = Reader().read(data.read_bytes()).pieces
    with Image.open(out) as picture:
        picture.load()
    return picture, [item.text for item in piece if isinstance(item, Text)]


def test_a_sample_slip_as_a_picture_and_as_bytes(hall: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture, lines = shown(hall)
    said = capsys.readouterr().out
    assert "printer1,80 毫米纸" in said
    assert "80 mm paper" in said
    assert picture.width == 640
    assert "A012" in lines
    assert "综合窗口" in lines
    [code] = zxingcpp.read_barcodes(picture)
    assert code.text.endswith("Sample0Sample0Sample0S")


@pytest.mark.parametrize(("kind", "mark"), [("reprint", " 补打 "), ("test", " 测试 ")])
def test_other_kinds_and_the_other_printer(hall: Path, kind: str, mark: str) -> None:
    picture, lines = shown(hall, "--printer", "printer2", "--kind", kind)
    assert picture.width == 464
    assert lines[0] == mark


def test_the_persons_language_unless_the_hall_wants_both(hall: Path) -> None:
    assert "Comprehensive counters" in shown(hall, "--language", "en")[1]
    with_slip(hall, 'languages = ["zh", "en"]\n')
    lines = shown(hall)[1]
    assert "综合窗口" in lines
    assert "Comprehensive counters" in lines


def test_a_hall_has_its_logo_its_lines_no_code_and_a_larger_number(hall: Path) -> None:
    Image.new("L", (80, 80), 0).save(hall.with_name("logo.png"))
    with_slip(hall, 'logo = "logo.png"\nnotice_zh = ["咨询电话 12333"]\nqr = false\nnumber_size = 6\n')
    picture, lines = shown(hall)
    assert lines[-1] == "咨询电话 12333"
    assert zxingcpp.read_barcodes(picture) == []
    [piece] = Reader().read(hall.with_name("slip.bin").read_bytes()).pieces
    assert isinstance(piece[0], Picture)
    assert next(item.wide for item in piece if isinstance(item, Text) and item.text == "A012") == 6


def test_a_look_that_cannot_be_is_refused_with_what_to_do(hall: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = hall.read_text("utf-8")
    large = hall.with_name("large.png")
    large.write_bytes(bytes(1_000_001))
    for lines, said in (
        ('logo = "none.png"\n', "slip.logo = none.png,没有这个文件"),
        ('logo = "large.png"\n', "文件超过 1000 KB"),
        ('logo = "catalogue.toml"\n', "no picture that can be read"),
        ('languages = ["zh", "zh"]\n', "slip.languages[2]"),
        ("number_size = 9\n", "slip.number_size"),
    ):
        hall.write_text(before, "utf-8")
        with_slip(hall, lines)
        assert main(["slip", "--config", str(hall), "--out", str(hall.with_name("x.png"))]) == 2
        assert said in capsys.readouterr().err
    assert not hall.with_name("x.png").exists()


def test_a_printer_that_is_none_and_a_file_that_cannot_be_written(
    hall: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["slip", "--config", str(hall), "--out", "x.png", "--printer", "printer9"]) == 2
    assert "there are: printer1, printer2" in capsys.readouterr().err
    assert main(["slip", "--config", str(hall), "--out", str(hall / "x.png")]) == 1
    assert "样张写不下来" in capsys.readouterr().err


def test_word_of_a_new_roll_is_left_for_the_kiosk(hall: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roll", "--config", str(hall), "--printer", "printer2"]) == 0
    assert "printer2:已记下换了新纸卷" in capsys.readouterr().out
    rolls = hall.parent / "run" / "printers"
    assert [file.name for file in rolls.iterdir()] == ["printer2.changed"]
    (rolls / "printer2.changed").unlink()
    rolls.rmdir()
    rolls.write_text("no folder")
    assert main(["roll", "--config", str(hall), "--printer", "printer2"]) == 1
    assert "没有记下换纸" in capsys.readouterr().err
