"""What must not be wrong on any call screen, worked out from the widgets as they stand in the window."""

from tests.display.widgets.windows import Eyes
from tests.pictures.checks import box, clipped, meet, outside, overlapping, spilled


def clipped_labels(eyes):
    from display.widgets.label import BoardLabel

    return clipped(eyes.all(BoardLabel))


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


def overlapping_labels(eyes):
    """Pairs of labels with words that share pixels. The mark of a lost line lies over others."""
    from display.widgets.label import BigNumber, BoardLabel

    stale = eyes.screen.parts["stale"]
    over = stale.pos[0], stale.pos[1], stale.right, stale.top
    labels = [label for kind in (BoardLabel, BigNumber) for label in eyes.all(kind) if label.said]
    boxes = [(label.said, inked(label)) for label in labels]
    if stale.opacity:
        marks = [inked(label) for label in labels if stale in list(label.walk_reverse())]
        boxes = [(said, each) for said, each in boxes if each in marks or not meet(each, over)]
    return overlapping(boxes)


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


def labels_outside(eyes):
    from kivy.uix.label import Label

    return outside([(label.text, box(label)) for label in eyes.all(Label) if label.text], *eyes.screen.size, by=1)


def wrong(eyes: Eyes) -> dict[str, list]:
    """Everything that is wrong with what stands in the window: what → where."""
    found = {
        "clipped": clipped_labels(eyes), "wide": wide_numbers(eyes), "low": low_numbers(eyes),
        "overlapping": overlapping_labels(eyes), "outside": labels_outside(eyes), "spilled": spilled(eyes.screen),
    }  # fmt: skip
    return {what: which for what, which in found.items() if which}
