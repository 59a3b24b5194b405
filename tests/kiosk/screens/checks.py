"""What must not be wrong on any screen, worked out from the widgets as they stand in the window."""

from tests.pictures.checks import box, clipped, outside, overlapping, spilled
from tests.pictures.contrast import contrast

PANELS = {(1080, 1920): 81, (1920, 1080): 81, (1024, 768): 67}
"""Window and the pixels of 20 mm on it (21.5" and 15" panels)."""
READABLE, STRONG = 4.5, 7.0
"""Contrast of ink on its ground (WCAG 2.1, 1.4.3 and 1.4.6); the second for large print, high contrast and everything
that can be pressed."""


def buttons(hands):
    """(label, box) of every button."""
    from kiosk.screens.parts import Press

    return [(press.button.label, box(press)) for press in hands.all(Press)]


def overlapping_buttons(hands):
    """Pairs that share pixels, except with the warning, which lies over all."""
    from kiosk.screens.parts import Press

    bar = hands.kiosk.ids.warning
    presses = [press for press in hands.all(Press) if bar not in list(press.walk_reverse())]
    return overlapping([(press.button.label, box(press)) for press in presses])


def too_small(hands, target):
    from kiosk.screens.parts import Press

    return [(press.button.label, press.size) for press in hands.all(Press) if min(press.size) < target]


def overlapping_labels(hands):
    """Pairs of labels whose type shares pixels; the warning lies over all."""
    from kiosk.screens.label import FitLabel

    bar = hands.kiosk.ids.warning
    labels = [each for each in hands.all(FitLabel) if each.said and bar not in list(each.walk_reverse())]
    return overlapping([(label.said, type_box(label)) for label in labels], by=2)


def type_box(label):
    """The pixels of a label's type itself, which may be less high than its place."""
    x, y, right, top = box(label)
    spare = max(0, (top - y - label.texture_size[1]) / 2)
    return x, y + spare, right, top - spare


def faint(hands, large_or_contrast):
    """Labels whose ink is too near to the ground that they stand on."""
    from kiosk.screens.label import FitLabel
    from kiosk.screens.parts import Press
    from kiosk.screens.theme import theme

    found = []
    for label in hands.all(FitLabel):
        place = label.parent
        while place is not None and place is not place.parent and not hasattr(place, "line_colour"):
            place = place.parent
        ground = getattr(place, "colour", theme.palette.ground)
        off = isinstance(place, Press) and not place.button.enabled
        wanted = STRONG if large_or_contrast and not off else READABLE
        if label.said and contrast(label.color, ground) < wanted:
            found.append((label.said, round(contrast(label.color, ground), 2)))
    return found


def too_high(hands, height):
    """Buttons that stand above the lower half."""
    return [each for each in buttons(hands) if each[1][3] > height / 2 + 1]


def wrong(hands, panel, ease):
    """Everything that is wrong with what stands in the window: what → where. `panel` as in `PANELS`."""
    from kiosk.screens.label import FitLabel

    found = {
        "clipped": clipped(hands.all(FitLabel)), "overlapping": overlapping_buttons(hands),
        "over each other": overlapping_labels(hands), "too small": too_small(hands, PANELS[panel]),
        "outside": outside(buttons(hands), *panel), "spilled": spilled(hands.kiosk),
        "faint": faint(hands, ease.large or ease.contrast), "too high": too_high(hands, panel[1]) if ease.low else [],
    }  # fmt: skip
    return {what: which for what, which in found.items() if which}
