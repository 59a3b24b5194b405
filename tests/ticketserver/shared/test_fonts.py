"""The Chinese font: the right face, whole or absent, with every character that the product shows."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.glyphs import missing_glyphs
from ticketserver.shared import fonts
from ticketserver.shared.fonts import FontError, chinese_font
from ticketserver.shared.texts import LANGUAGES, load_texts

SAMPLES = Path(__file__).parents[3] / "ticketserver" / "shared" / "sample"


@pytest.fixture(scope="module")
def regular(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return chinese_font(tmp_path_factory.mktemp("fonts"))


def test_takes_out_the_face_with_chinese_forms(regular: Path) -> None:
    with TTFont(regular, lazy=True) as font:
        assert {str(name) for name in font["name"].names if name.nameID == 1} == {"Noto Sans CJK SC"}


def test_takes_out_the_bold_face(tmp_path: Path) -> None:
    with TTFont(chinese_font(tmp_path, bold=True), lazy=True) as font:
        assert "Noto Sans CJK SC Bold" in {str(name) for name in font["name"].names if name.nameID == 4}


def test_uses_what_is_there_already(regular: Path, tmp_path: Path) -> None:
    assert chinese_font(regular.parent, folders=[tmp_path]) == regular
    assert [path.name for path in regular.parent.iterdir()] == [regular.name]
    assert regular.stat().st_mode & 0o777 == 0o644


def test_has_every_character_of_the_screens_messages_and_the_sample(regular: Path) -> None:
    texts = [load_texts(language) for language in LANGUAGES]
    # The runner speaks in a terminal, with the terminal's own font.
    programs = {key.split(".")[0] for key in texts[0]} - {"runner"}
    shown = [text.characters(f"{program}.") for text in texts for program in programs]
    shown += [(SAMPLES / name).read_text("utf-8") for name in ("hall.toml", "catalogue.toml")]
    assert missing_glyphs(regular, shown) == ""


def test_names_missing_glyphs_once_in_order(regular: Path) -> None:
    assert missing_glyphs(regular, "号\ue001票\ue000\n\ue001䶮") == "\ue001\ue000"


def test_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(FontError) as error:
        chinese_font(tmp_path / "cache", folders=[tmp_path])
    assert str(error.value).count("apt-get install -y fonts-noto-cjk") == 2
    assert str(tmp_path) in str(error.value)
    assert not (tmp_path / "cache").exists()


def test_refuses_a_broken_collection(tmp_path: Path) -> None:
    (tmp_path / "NotoSansCJK-Regular.ttc").write_bytes(b"ttcf" + bytes(6))
    with pytest.raises(FontError, match="--reinstall"):
        chinese_font(tmp_path / "cache", folders=[tmp_path])


def test_refuses_a_collection_without_the_face(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FAMILY", "Noto Sans CJK XX")
    with pytest.raises(FontError, match="Noto Sans CJK XX"):
        chinese_font(tmp_path)


def test_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(font: TTFont, beside: str) -> None:
        Path(beside).write_bytes(b"half")
        raise OSError("No space left on device")

    monkeypatch.setattr(TTFont, "save", full_disk)
    with pytest.raises(OSError, match="No space"):
        chinese_font(tmp_path)
    assert list(tmp_path.iterdir()) == []
