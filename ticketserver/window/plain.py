"""Plain colours, cheap to draw by a machine without a graphics card.

Kivy draws a plain colour as a white picture of its own in that colour, and reads the picture between its points: four
of them for every pixel, all the same. There a third of a frame's time goes into nothing else.
"""

from kivy.graphics import Rectangle


def read_plain_at_the_point() -> None:
    """Read that picture at the nearest point instead. Once a process, after its window has been made."""
    white = Rectangle().texture
    white.mag_filter = white.min_filter = "nearest"
