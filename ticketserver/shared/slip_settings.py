"""The part of hall.toml that says how slips look: `[slip]`.

A slip always has the hall's name, the number, the window, what is done there, the wait and the check code. What a hall
can choose is its logo, its own lines at the foot, the languages, the QR code and how large the number is.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

from ticketserver.shared.fields import Name
from ticketserver.shared.problems import Problem
from ticketserver.shared.reading import Tables

if TYPE_CHECKING:
    from ticketserver.shared.settings import Settings

MOST_LOGO_BYTES = 1_000_000


class Slip(Struct, frozen=True, kw_only=True):
    """`logo`: a picture file beside hall.toml (empty = none), printed at most 12 mm high. `notice_*`: lines at the
    foot. `languages` on every slip, one under the other; none = the one that the person chose. `number_size`: how many
    times as wide and high as other characters the number is."""

    logo: Annotated[str, Meta(max_length=200)] = ""
    notice_zh: tuple[Name, ...] = ()
    notice_en: tuple[Name, ...] = ()
    languages: tuple[Literal["zh", "en"], ...] = ()
    qr: bool = True
    number_size: Annotated[int, Meta(ge=2, le=6)] = 4


def logo_file(settings: "Settings") -> Path | None:
    """Where the logo is; None for none."""
    return Path(settings.file).parent / settings.slip.logo if settings.slip.logo else None


def slip_problems(settings: "Settings", tables: Tables) -> Iterator[Problem]:
    """A logo is there and small enough to be looked at; no language stands twice."""
    for place, language in enumerate(settings.slip.languages):
        if language in settings.slip.languages[:place]:
            yield tables.problem(("slip", "languages", place), "repeated", language, "unique")
    file = logo_file(settings)
    if file is None:
        return
    try:
        size = file.stat().st_size
    except OSError:
        yield tables.problem(("slip", "logo"), "no_file", settings.slip.logo)
        return
    if size > MOST_LOGO_BYTES:
        yield tables.problem(("slip", "logo"), "file_too_large", settings.slip.logo, most=str(MOST_LOGO_BYTES // 1000))
