"""What layouts of call screens there are, as data, and whether one can be used on a screen.

`[layout.NAME]` in the files of models (`device_models`): which parts a call screen has and where. A place is given in
units of the screen that the layout is drawn for, `width` × `height`; on another one it is stretched. What can go wrong:
parts outside or over each other, a part that is needed left out (a call screen without its calls), or a screen on which
a part would be too small for its numbers (`layout_checks`): all refused when hall.toml is read.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Annotated, Final, Literal

from msgspec import Meta, Struct

from ticketserver.shared.devices import Display, Pixels
from ticketserver.shared.fields import Name
from ticketserver.shared.problems import Problem

if TYPE_CHECKING:
    from ticketserver.shared.reading import Tables

PartName = Literal[
    "head", "stale", "calls", "calls_many", "calls_quiet", "media", "zones", "soon", "missed", "waiting", "foot",
    "sign",
]  # fmt: skip
Coordinate = Annotated[int, Meta(ge=0, le=8000)]
OVER: Final = frozenset({"stale", "calls_many", "calls_quiet", "media"})
"""Parts that may lie over others: they take their place for a while, or warn."""
NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "calls": ("stale",), "zones": ("stale",), "sign": ("stale",),
    "calls_quiet": ("calls", "media"), "media": ("calls",),
}  # fmt: skip
"""Part → what must stand beside it."""
MAIN: Final = ("calls", "zones", "sign")
"""One of these is what the screen is for."""


class Area(Struct, frozen=True, kw_only=True):
    """A place, from the top left corner."""

    x: Coordinate
    y: Coordinate
    width: Annotated[int, Meta(ge=10, le=8000)]
    height: Annotated[int, Meta(ge=10, le=8000)]


class LayoutModel(Struct, frozen=True, kw_only=True):
    """`[layout.NAME]`: the parts of a call screen and their places on a screen of `width` × `height`. `calls_many` is
    where calls stand while more are open than `calls` or `zones` holds; `media` and `calls_quiet`: a picture, and the
    calls beside it, while nobody is called anew; `sign`: one counter, for a small screen over its window."""

    name_zh: Name
    name_en: Name
    width: Pixels
    height: Pixels
    parts: Annotated[dict[PartName, Area], Meta(min_length=1)]


def layout_name(display: Display) -> str:
    """The layout that is meant where none is written."""
    if display.layout:
        return display.layout
    return "hall" if display.width_px >= display.height_px else "portrait"


def layout_problems(tables: "Tables", layouts: dict[str, LayoutModel]) -> Iterator[Problem]:
    """What is wrong with the layouts of one file, whatever the screen."""
    for name, layout in layouts.items():
        here = ("layout", name, "parts")
        parts = layout.parts
        if not set(MAIN) & set(parts):
            yield tables.problem(here, "layout_without", ", ".join(parts), "one_of", choices=", ".join(MAIN))
        for part, needed in NEEDED.items():
            for other in needed:
                if part in parts and other not in parts:
                    yield tables.problem((*here, part), "layout_part_alone", other)
        for part, area in parts.items():
            if area.x + area.width > layout.width or area.y + area.height > layout.height:
                size = f"{layout.width} × {layout.height}"
                yield tables.problem((*here, part), "layout_outside", area_text(area), size=size)
        pairs = [*combinations((each for each in parts if each not in OVER), 2), ("media", "calls_quiet")]
        for one, other in pairs:
            if one in parts and other in parts and meet(parts[one], parts[other]):
                yield tables.problem((*here, other), "layout_over", area_text(parts[other]), other=one)


def meet(one: Area, other: Area) -> bool:
    return (
        one.x < other.x + other.width and other.x < one.x + one.width
        and one.y < other.y + other.height and other.y < one.y + one.height
    )  # fmt: skip


def area_text(area: Area) -> str:
    return f"x {area.x}, y {area.y}, {area.width} × {area.height}"
