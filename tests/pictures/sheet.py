"""Many pictures on one sheet, to be looked at together."""

from pathlib import Path

from PIL import Image

GAP_PX = 12
GROUND = "#8a949c"


def sheet(rows: list[list[Path]], scales: list[float]) -> Image.Image:
    """Rows of pictures, each row at its scale."""
    lines = []
    for files, scale in zip(rows, scales, strict=True):
        pictures = []
        for file in files:
            with Image.open(file) as picture:
                size = round(picture.width * scale), round(picture.height * scale)
                pictures.append(picture.convert("RGB").resize(size, Image.Resampling.LANCZOS))
        lines.append(pictures)
    width = max(sum(each.width + GAP_PX for each in line) for line in lines) + GAP_PX
    height = sum(line[0].height + GAP_PX for line in lines) + GAP_PX
    made = Image.new("RGB", (width, height), GROUND)
    y = GAP_PX
    for line in lines:
        x = GAP_PX
        for each in line:
            made.paste(each, (x, y))
            x += each.width + GAP_PX
        y += line[0].height + GAP_PX
    return made
