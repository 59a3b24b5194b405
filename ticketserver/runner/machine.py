"""An installed machine: where everything lies on it, which roles it has, and whether systemd runs.

```
/opt/yihao/.venv          → venv-DIGEST, the environment of the roles of this machine; the units name this path
/opt/yihao/installer      this package once more: uninstalling needs no environment
/etc/yihao                hall.toml, catalogue.toml and what belongs to them: the bureau's, never overwritten
/var/lib/yihao            journal, tokens, fonts, clips: the hall's, never taken away
/etc/systemd/system       the units; those that are enabled say which roles the machine has
```
Standard library only: it runs on a machine's own Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ticketserver.runner.debian import SCREEN, WINDOWS
from ticketserver.runner.paths import ROOT

USER = "yihao"
PACKAGES = ("display", "hardware", "kiosk", "ticketserver")
HERE = Path(__file__).parent
UNITS = HERE / "units"
FILES = HERE / "files"
EXTRAS = {"server": "server", "kiosk": "kiosk", "display": "display", "bridge": "hardware"}
GROUPS = ("dialout", "lp", "input", "audio", "video", "render")
"""Whose devices the user may open: serial lines, USB printers, keypads and scanners, sound, graphics."""

ENABLED = re.compile(r"yihao-(server|kiosk|display|bridge)(?:@(.+))?\.service")


@dataclass(frozen=True, order=True)
class Role:
    """What a machine does. `id` names the kiosk or display of hall.toml, "" for the others."""

    name: str
    id: str = ""

    @property
    def unit(self) -> str:
        return f"yihao-{self.name}@{self.id}.service" if self.id else f"yihao-{self.name}.service"


@dataclass(frozen=True)
class Machine:
    """The places of an installation below `root`."""

    root: Path = Path("/")

    @property
    def program(self) -> Path:
        return self.root / "opt/yihao"

    @property
    def venv(self) -> Path:
        return self.program / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin/python"

    @property
    def logs(self) -> Path:
        return self.program / "logs"

    @property
    def settings(self) -> Path:
        return self.root / "etc/yihao"

    @property
    def hall(self) -> Path:
        return self.settings / "hall.toml"

    @property
    def data(self) -> Path:
        return self.root / "var/lib/yihao"

    @property
    def tokens(self) -> Path:
        return self.data / "run/tokens"

    @property
    def units(self) -> Path:
        return self.root / "etc/systemd/system"

    @property
    def command(self) -> Path:
        return self.root / "usr/local/bin/yihao"

    @property
    def rules(self) -> Path:
        return self.root / "etc/udev/rules.d/60-yihao.rules"

    @property
    def screen_rules(self) -> Path:
        return self.root / "etc/X11/xorg.conf.d/60-yihao.conf"

    @property
    def systemd_runs(self) -> bool:
        return (self.root / "run/systemd/system").is_dir()

    @property
    def has_desktop(self) -> bool:
        """Whether a display manager starts a desktop here, which then brings the screen."""
        return (self.units / "display-manager.service").exists()

    def roles(self) -> list[Role]:
        """The roles whose units are enabled, in order."""
        found = (ENABLED.fullmatch(path.name) for path in self.units.glob("*.wants/yihao-*.service"))
        return sorted({Role(match[1], match[2] or "") for match in found if match})

    def our_units(self) -> list[Path]:
        """The unit files that an installation put here."""
        return sorted(path for path in self.units.glob("yihao-*.service") if path.is_file())

    def needs_screen(self, roles: Iterable[Role]) -> bool:
        return not self.has_desktop and any(role.name in WINDOWS for role in roles)

    def kinds(self, roles: Iterable[Role]) -> list[str]:
        """What the roles' Debian packages go by: their names, and the screen where we bring it."""
        roles = list(roles)
        return sorted({role.name for role in roles}) + [SCREEN] * self.needs_screen(roles)


@dataclass(frozen=True)
class Source:
    """What is installed from: an unpacked bundle, which needs no internet, or a checkout, which does."""

    folder: Path
    bundle: bool

    @property
    def hall(self) -> Path:
        """The folder of the hall.toml that a machine without settings begins with."""
        return self.folder / "hall" if self.bundle else ROOT / "ticketserver/shared/sample"

    @property
    def data(self) -> Path:
        """Fonts and clips made beforehand; a checkout has none to give."""
        return self.folder / "data"

    @property
    def constraints(self) -> Path:
        return self.folder / ("constraints.txt" if self.bundle else ".constraints.txt")

    @property
    def docs(self) -> Path:
        return self.folder / "docs/operating"

    def made_of(self) -> list[Path]:
        """The files that an environment follows from, in order."""
        if self.bundle:
            return [self.constraints, *sorted((self.folder / "wheels").glob("*.whl"))]
        code = [path for top in PACKAGES for path in (self.folder / top).rglob("*") if is_source(path)]
        return [self.constraints, self.folder / "pyproject.toml", *sorted(code)]

    def requirement(self, extras: Iterable[str]) -> str:
        """Our distribution with these extras, as pip takes it."""
        place = next((self.folder / "wheels").glob("yihao-*.whl")) if self.bundle else self.folder
        return f"yihao[{','.join(sorted(extras))}] @ {place.resolve().as_uri()}"

    def pip_options(self) -> list[str]:
        return ["--no-index", "--find-links", str(self.folder / "wheels")] if self.bundle else []


def is_source(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts
