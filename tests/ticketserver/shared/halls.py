"""Settings files for tests: the sample hall with pieces changed."""

import shutil
from pathlib import Path

import pytest

from ticketserver.shared.problems import Problem
from ticketserver.shared.settings import Settings, SettingsError, load_settings

SAMPLES = Path(__file__).parents[3] / "ticketserver" / "shared" / "sample"

Change = tuple[str, str]
"""A text that stands in the file, and what to put there instead (the first time it stands there)."""


MORE = "# Rating pads of counters 1 and 2"
"""Where the sample's devices begin that tests add for themselves."""
KIOSKS_OWN = ('scanner = "scanner1"\n', 'card_reader = "reader1"\n')


def few_devices(text: str) -> str:
    """The sample's text without what `Halls` leaves out."""
    text = text[: text.index(MORE)]
    text = text[: text.index("[[scanner]]")] + text[text.index("[[kiosk]]") :]
    for line in KIOSKS_OWN:
        text = text.replace(line, "", 1)
    return text


class Halls:
    """A copy of the sample hall in a folder of its own, without pads, panels, scanner and card reader."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "hall.toml"
        self.catalogue = folder / "catalogue.toml"
        self.file.write_text(few_devices((SAMPLES / "hall.toml").read_text("utf-8")), "utf-8")
        shutil.copy(SAMPLES / "catalogue.toml", self.catalogue)

    def change(self, *changes: Change, file: Path | None = None) -> None:
        path = file or self.file
        text = path.read_text("utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        path.write_text(text, "utf-8")

    def load(self, *changes: Change) -> Settings:
        self.change(*changes)
        return load_settings(self.file)

    def problems(self, *changes: Change) -> tuple[Problem, ...]:
        with pytest.raises(SettingsError) as error:
            self.load(*changes)
        return error.value.problems

    def line(self, text: str, file: Path | None = None) -> int:
        """The line on which a text first stands."""
        before, found, _ = (file or self.file).read_text("utf-8").partition(text)
        assert found, text
        return before.count("\n") + 1

    def last_line(self, text: str) -> int:
        """The line on which a text last stands."""
        before, found, _ = self.file.read_text("utf-8").rpartition(text)
        assert found, text
        return before.count("\n") + 1
