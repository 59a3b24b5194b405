"""Whether each call screen of hall.toml can show its layout: shape, counter, pictures, and digits 40 mm high.

A layout is stretched to the screen; by its inches that is so many millimetres for each part. The measures below are
those of the screen's own type (display/widgets/theme.py and calls.py); a test holds them to it.
"""

from collections.abc import Iterator
from math import hypot
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ticketserver.shared.devices import Display
from ticketserver.shared.layouts import LayoutModel, layout_name
from ticketserver.shared.problems import Problem

if TYPE_CHECKING:
    from ticketserver.shared.reading import Tables
    from ticketserver.shared.settings import Settings

TYPE_MM: Final = 56.26
"""Size of type whose digits are 40 mm high."""
NUMBER_MM: Final = 3.05 * TYPE_MM
"""Width of the longest number (A1013) in it."""
CALL_MM: Final = (5.6 * TYPE_MM, 1.34 * TYPE_MM)
CLOSE_MM: Final = (3.74 * TYPE_MM, 0.92 * TYPE_MM)
"""Least place of a call, also when there are many."""
STACKED_MM: Final = 1.68 * TYPE_MM
"""Its height where it is narrow, and the window stands under the number."""
ROOM: Final[dict[str, tuple[float, float, float, float]]] = {
    "calls": (*CALL_MM, 0, 60), "calls_many": (*CLOSE_MM, 0, 60), "calls_quiet": (NUMBER_MM, STACKED_MM, 40, 60),
    "zones": (NUMBER_MM, 2 * STACKED_MM, 50, 200), "soon": (NUMBER_MM, TYPE_MM, 40, 74),
    "missed": (NUMBER_MM, TYPE_MM, 40, 74), "sign": (NUMBER_MM, 0.8 * TYPE_MM, 60, 30),
}  # fmt: skip
"""Least width and height of a part in mm, and what is around its numbers in units of the layout; `zones`: of one."""
MM_PER_INCH: Final = 25.4
STRETCH: Final = 1.4
"""A layout may be stretched so much more in one direction than in the other."""


def media_folder(settings: "Settings", display: Display) -> Path:
    """The folder of a display's pictures and films: from that of hall.toml on, where it is not written in full. That
    there is none refuses nothing: it need be on the display's own machine only, and a stick pulled out closes no
    hall."""
    return Path(settings.file).parent / display.media_dir


def display_problems(settings: "Settings", tables: "Tables") -> Iterator[Problem]:
    """What is wrong with the screens of a hall and their layouts."""
    layouts = settings.models.layout
    counters = [counter.number for counter in settings.counter]
    for index, display in enumerate(settings.display):
        here = ("display", index)
        name = layout_name(display)
        if name not in layouts:
            yield tables.problem((*here, "layout"), "unknown_name", name, "one_of", choices=", ".join(sorted(layouts)))
            continue
        layout = layouts[name]
        if "sign" in layout.parts and display.counter not in counters:
            choices = ", ".join(map(str, counters))
            yield tables.problem((*here, "counter"), "layout_counter", display.counter, "one_of", choices=choices)
        if display.media_dir and "media" not in layout.parts:
            yield tables.problem((*here, "media_dir"), "media_no_place", display.media_dir, layout=name)
        if "sign" not in layout.parts and display.counter:
            yield tables.problem((*here, "counter"), "layout_no_counter", display.counter, layout=name)
        across, down = display.width_px / layout.width, display.height_px / layout.height
        if max(across, down) > STRETCH * min(across, down):
            size, drawn = f"{display.width_px} × {display.height_px}", f"{layout.width} × {layout.height}"
            yield tables.problem((*here, "layout"), "layout_shape", name, size=size, drawn=drawn)
            continue
        zones = len(display.zones) or len(settings.zone)
        for part, width, height in too_small(display, layout, zones):
            least = f"{width:.0f} × {height:.0f} mm"
            path = (*here, "size_inches")
            yield tables.problem(path, "layout_small", display.size_inches, layout=name, part=part, least=least)


def too_small(display: Display, layout: LayoutModel, zones: int) -> list[tuple[str, float, float]]:
    """Parts in which numbers of full height have no room on this screen, with the width and height in mm they need."""
    across, down = display.width_px / layout.width, display.height_px / layout.height
    mm = display.size_inches * MM_PER_INCH / hypot(display.width_px, display.height_px)
    unit = min(across, down) * mm
    found: list[tuple[str, float, float]] = []
    for part, area in layout.parts.items():
        if part not in ROOM:
            continue
        wide, high, beside, above = ROOM[part]
        times = zones if part == "zones" else 1
        width, height = times * (wide + beside * unit), high + above * unit
        if area.width * across * mm < width or area.height * down * mm < height:
            found.append((part, width, height))
    return found
