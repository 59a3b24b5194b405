"""What must not be wrong on any screen, worked out from the widgets as they stand in the window.

Boxes are (left, bottom, right, top) in pixels of the window.
"""

from tests.pictures.windows import seen, shown


def box(widget):
    x, y = widget.to_window(widget.x, widget.y)
    return x, y, x + widget.width, y + widget.height


def clipped(labels):
    """Those whose words do not fit their place."""
    return [
        (label.said, label.size, label.texture_size)
        for label in labels
        if label.said and (label.texture_size[1] > label.height + 1 or label.texture_size[0] > label.width + 1)
    ]


def meet(one, other, by=1):
    """Whether two boxes share more than `by` pixels."""
    return one[0] < other[2] - by and other[0] < one[2] - by and one[1] < other[3] - by and other[1] < one[3] - by


def overlapping(boxes, by=1):
    """Pairs of (name, box) that share pixels."""
    return [
        (one, other)
        for place, (one, a) in enumerate(boxes)
        for other, b in boxes[place + 1 :]
        if meet(a, b, by)
    ]  # fmt: skip


def outside(boxes, width, height, by=0):
    """Those of (name, box) that stand beyond the window."""
    return [
        each for each in boxes if min(each[1]) < -by or each[1][2] > width + by or each[1][3] > height + by
    ]  # fmt: skip


def spilled(root):
    """Widgets that a layout could not hold."""
    from kivy.uix.boxlayout import BoxLayout

    spilled = []
    for place in shown(root, BoxLayout):
        for child in place.children:
            over = max(place.x - child.x, place.y - child.y, child.right - place.right, child.top - place.top)
            if seen(child) and min(child.size) > 1 and over > 1:
                spilled.append((type(place).__name__, type(child).__name__, over))
    return spilled
