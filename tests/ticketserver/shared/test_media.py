"""What in a folder is a film, and the advice where nothing on this machine plays it."""

from pathlib import Path

import pytest

from ticketserver.shared.media import is_film
from ticketserver.shared.review import review_hall

SCREEN = 'id = "display1"\nspeaks = true'


@pytest.mark.parametrize(("name", "film"), [("a.mp4", True), ("B.MKV", True), ("a.mp4.part", False), ("mp4", False)])
def test_films_are_known_by_their_ending(name, film):
    assert is_film(Path(name)) is film


def test_films_without_a_program_for_them_are_advice(halls, monkeypatch):
    settings = halls.load((SCREEN, f'{SCREEN}\nmedia_dir = "."'))
    monkeypatch.setenv("PATH", "")

    def found():
        return [each for each in review_hall(settings, settings.catalogue) if each.kind == "no_ffmpeg"]

    assert found() == []
    (halls.file.parent / "film.MP4").write_bytes(b"")
    (finding,) = found()
    for language in ("zh", "en"):
        assert "apt-get install -y --no-install-recommends ffmpeg" in finding.text(language)
    program = halls.file.parent / "ffmpeg"
    program.write_bytes(b"")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    assert found() == []
