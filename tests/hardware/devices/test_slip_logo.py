"""Logos as dots: scaled to the paper, white cut off, grey as dots, files that cannot be used."""

from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from hardware.codecs.slip import SlipPicture
from hardware.devices.slip_logo import LogoError, load_logo


def saved(folder: Path, picture: Image.Image, name: str = "logo.png") -> Path:
    picture.save(folder / name)
    return folder / name


def ink(picture: SlipPicture) -> Image.Image:
    return Image.frombytes("1", (picture.row_bytes * 8, picture.rows), picture.data)


@pytest.mark.parametrize("name", ["logo.png", "logo.bmp", "logo.gif"])
def test_black_on_white_stays_dot_for_dot_without_its_white_edges(tmp_path: Path, name: str) -> None:
    picture = Image.new("L", (100, 60), 255)
    ImageDraw.Draw(picture).rectangle((20, 10, 59, 39), fill=0)
    made = load_logo(saved(tmp_path, picture, name), 384)
    assert (made.row_bytes, made.rows) == (5, 30)
    assert made.data == b"\xff" * 150


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    picture = Image.new("RGBA", (64, 32), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((0, 0, 7, 7), fill=(200, 0, 0, 255))
    made = load_logo(saved(tmp_path, picture), 384)
    assert (made.row_bytes, made.rows, made.data) == (1, 8, b"\xff" * 8)


@pytest.mark.parametrize(("size", "dots", "expected"), [
    ((1000, 100), 384, (48, 38)), ((1000, 100), 576, (72, 58)), ((500, 1000), 384, (6, 96)), ((40, 40), 384, (5, 40)),
])  # fmt: skip
def test_it_is_made_smaller_to_fit_and_never_larger(
    tmp_path: Path, size: tuple[int, int], dots: int, expected: tuple[int, int]
) -> None:
    made = load_logo(saved(tmp_path, Image.new("L", size, 0)), dots)
    assert (made.row_bytes, made.rows) == expected


def test_grey_is_made_of_dots_as_dense_as_it_is_dark(tmp_path: Path) -> None:
    made = ink(load_logo(saved(tmp_path, Image.linear_gradient("L").resize((96, 96))), 384))
    shares = [sum(made.crop((0, top, 96, top + 24)).convert("L").histogram()[255:]) / (96 * 24) for top in (0, 36, 72)]
    assert shares == [pytest.approx(7 / 8, abs=0.05), pytest.approx(1 / 2, abs=0.05), pytest.approx(1 / 8, abs=0.05)]


def test_a_drawing_in_red_gets_no_dirt_in_it_nor_along_its_edges(tmp_path: Path) -> None:
    picture = Image.new("RGB", (400, 400), "white")
    ImageDraw.Draw(picture).ellipse((10, 10, 389, 389), outline=(200, 20, 30), width=40)
    made = ink(load_logo(saved(tmp_path, picture), 384))
    row = [made.getpixel((column, made.height // 2)) for column in range(made.width)]
    turns = sum(before != after for before, after in pairwise(row))
    assert turns <= 4


def test_what_cannot_be_printed_is_said(tmp_path: Path) -> None:
    text = tmp_path / "logo.txt"
    text.write_text("no picture")
    with pytest.raises(LogoError, match=r"logo\.txt: no picture that can be read .*; use a PNG file"):
        load_logo(text, 384)
    with pytest.raises(LogoError, match="no picture that can be read"):
        load_logo(tmp_path / "none.png", 384)
    torn = saved(tmp_path, Image.effect_noise((200, 200), 90), "torn.png")
    torn.write_bytes(torn.read_bytes()[:2000])
    with pytest.raises(LogoError, match="no picture that can be read"):
        load_logo(torn, 384)
    with pytest.raises(LogoError, match="a picture of 3000 × 2000 dots; at most 4,000,000 in all, make it smaller"):
        load_logo(saved(tmp_path, Image.new("1", (3000, 2000))), 384)
    with pytest.raises(LogoError, match="empty or white"):
        load_logo(saved(tmp_path, Image.new("L", (30, 30), 255)), 384)
