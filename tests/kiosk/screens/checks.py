"""What must not be wrong on any screen, worked out from the widgets as they stand in the window."""

from tests.kiosk.screens.windows import seen

PANELS = {(1080, 1920): 81, (1920, 1080): 81, (1024, 768): 67}
"""Window and the pixels of 20 mm on it (21.5" and 15" panels)."""
READABLE, STRONG = 4.5, 7.0
"""Contrast of ink on its ground (WCAG 2.1, 1.4.3 and 1.4.6); the second for large print, high contrast and everything
that can be pressed."""


def box(widget):
    x, y = widget.to_window(widget.x, widget.y)
    return x, y, x + widget.width, y + widget.height


def clipped(hands):
    """Labels whose words do not fit their place."""
    from kiosk.screens.label import FitLabel

    return [
        (label.said, label.size, label.texture_size)
        for label in hands.all(FitLabel)
        if label.said and (label.texture_size[1] > label.height + 1 or label.texture_size[0] > label.width + 1)
    ]


def overlapping(hands):
    """Pairs of buttons that share pixels, except with the warning, which lies over all."""
    from kiosk.screens.parts import Press

    bar = hands.kiosk.ids.warning
    presses = [press for press in hands.all(Press) if bar not in list(press.walk_reverse())]
    boxes = [(press.button.label, box(press)) for press in presses]
    return [
        (one, other)
        for place, (one, a) in enumerate(boxes)
        for other, b in boxes[place + 1 :]
        if a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1
    ]


def too_small(hands, target):
    from kiosk.screens.parts import Press

    return [(press.button.label, press.size) for press in hands.all(Press) if min(press.size) < target]


def spilled(hands):
    """Widgets that a layout could not hold."""
    from kivy.uix.boxlayout import BoxLayout

    spilled = []
    for place in hands.all(BoxLayout):
        for child in place.children:
            over = max(place.x - child.x, place.y - child.y, child.right - place.right, child.top - place.top)
            if seen(child) and min(child.size) > 1 and over > 1:
                spilled.append((type(place).__name__, type(child).__name__, over))
    return spilled


def outside(hands, width, height):
    from kiosk.screens.parts import Press

    boxes = [(press.button.label, box(press)) for press in hands.all(Press)]
    return [each for each in boxes if each[1][0] < 0 or each[1][1] < 0 or each[1][2] > width or each[1][3] > height]


def overlapping_labels(hands):
    """Pairs of labels whose type shares pixels; the warning lies over all."""
    from kiosk.screens.label import FitLabel

    bar = hands.kiosk.ids.warning
    labels = [each for each in hands.all(FitLabel) if each.said and bar not in list(each.walk_reverse())]
    boxes = [(label.said, type_box(label)) for label in labels]
    return [
        (one, other)
        for place, (one, a) in enumerate(boxes)
        for other, b in boxes[place + 1 :]
        if a[0] < b[2] - 2 and b[0] < a[2] - 2 and a[1] < b[3] - 2 and b[1] < a[3] - 2
    ]


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
    from kiosk.screens.parts import Press

    return [(press.button.label, box(press)) for press in hands.all(Press) if box(press)[3] > height / 2 + 1]


def luminance(colour):
    def linear(value):
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """WCAG 2.1, 1.4.3."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def wrong(hands, panel, ease):
    """Everything that is wrong with what stands in the window: what → where. `panel` as in `PANELS`."""
    found = {
        "clipped": clipped(hands), "overlapping": overlapping(hands), "over each other": overlapping_labels(hands),
        "too small": too_small(hands, PANELS[panel]), "outside": outside(hands, *panel), "spilled": spilled(hands),
        "faint": faint(hands, ease.large or ease.contrast), "too high": too_high(hands, panel[1]) if ease.low else [],
    }  # fmt: skip
    return {what: which for what, which in found.items() if which}
