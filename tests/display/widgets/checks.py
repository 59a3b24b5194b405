"""What must not be wrong on any call screen, worked out from the widgets as they stand in the window."""

from tests.display.widgets.windows import Eyes, seen


def box(widget):
    x, y = widget.to_window(widget.x, widget.y)
    return x, y, x + widget.width, y + widget.height


def clipped(eyes):
    """Labels whose words do not fit their place."""
    from display.widgets.label import BoardLabel

    return [
        (label.said, label.size, label.texture_size)
        for label in eyes.all(BoardLabel)
        if label.said and (label.texture_size[1] > label.height + 1 or label.texture_size[0] > label.width + 1)
    ]


def wide_numbers(eyes):
    from display.widgets.label import BigNumber

    return [(number.said, number.size, number.texture_size) for number in eyes.all(BigNumber)
            if number.texture_size[0] > number.width + 1]  # fmt: skip


def numbers_mm(eyes):
    """Every number on the screen and how high its digits are on the panel."""
    from display.widgets.label import BigNumber
    from display.widgets.theme import DIGIT_EM, DIGIT_MM, theme

    mm = DIGIT_MM / (theme.number_px * DIGIT_EM)
    return {label.said: round(label.font_size * DIGIT_EM * mm, 1) for label in eyes.all(BigNumber) if label.said}


def low_numbers(eyes):
    """Numbers whose digits are lower than the panel asks for."""
    from display.widgets.label import BigNumber
    from display.widgets.theme import theme

    return [(number.said, number.font_size, theme.number_px) for number in eyes.all(BigNumber)
            if number.said and number.font_size < theme.number_px]  # fmt: skip


def overlapping(eyes):
    """Pairs of labels with words that share pixels. The mark of a lost line lies over others."""
    from display.widgets.label import BigNumber, BoardLabel

    stale = eyes.screen.parts["stale"]
    over = stale.pos[0], stale.pos[1], stale.right, stale.top
    labels = [label for kind in (BoardLabel, BigNumber) for label in eyes.all(kind) if label.said]
    boxes = [(label.said, inked(label)) for label in labels]
    if stale.opacity:
        marks = [inked(label) for label in labels if stale in list(label.walk_reverse())]
        boxes = [(said, each) for said, each in boxes if each in marks or not meet(each, over)]
    return [
        (one, other) for place, (one, a) in enumerate(boxes) for other, b in boxes[place + 1 :] if meet(a, b)
    ]  # fmt: skip


def meet(a, b):
    return a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1


def inked(label):
    """Where a label has ink: its words in the middle of its place, or where they are aligned to; a line of type has
    air above and below that no sign of ours uses."""
    left, bottom, right, top = box(label)
    wide, high = label.texture_size
    if label.halign == "center":
        left = (left + right - wide) / 2
    elif label.halign == "right":
        left = right - wide
    middle = top - high / 2 if label.valign == "top" else (bottom + top) / 2
    ink = high / 2 * 0.72
    return left, middle - ink, left + wide, middle + ink


def outside(eyes):
    from kivy.uix.label import Label

    width, height = eyes.screen.size
    boxes = [(label.text, box(label)) for label in eyes.all(Label) if label.text]
    return [each for each in boxes if min(each[1]) < -1 or each[1][2] > width + 1 or each[1][3] > height + 1]


def spilled(eyes):
    """Widgets that a layout could not hold."""
    from kivy.uix.boxlayout import BoxLayout

    spilled = []
    for place in eyes.all(BoxLayout):
        for child in place.children:
            over = max(place.x - child.x, place.y - child.y, child.right - place.right, child.top - place.top)
            if seen(child) and min(child.size) > 1 and over > 1:
                spilled.append((type(place).__name__, type(child).__name__, over))
    return spilled


def wrong(eyes: Eyes) -> dict[str, list]:
    """Everything that is wrong with what stands in the window: what → where."""
    found = {
        "clipped": clipped(eyes), "wide": wide_numbers(eyes), "low": low_numbers(eyes),
        "overlapping": overlapping(eyes), "outside": outside(eyes), "spilled": spilled(eyes),
    }  # fmt: skip
    return {what: which for what, which in found.items() if which}
