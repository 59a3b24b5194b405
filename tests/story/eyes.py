"""What a person sees: the pixels of a window's screen or of a slip, and the Latin letters and digits in them."""

import subprocess
from pathlib import Path

import zxingcpp
from PIL import Image, ImageOps

from ticketserver.runner.screens import read_frame

NUMBER_SIGNS = "tessedit_char_whitelist=ABCDFGHJLNPQRSTUYZ0123456789"


def frame(file: Path) -> Image.Image:
    """The screen of an Xvfb as it is now."""
    return read_frame(file.read_bytes())


def numbers(picture: Image.Image, folder: Path) -> str:
    """The ticket numbers in a picture. Very large print is read best from further away."""
    far = picture.resize((picture.width // 4, picture.height // 4), Image.Resampling.LANCZOS)
    return "\n".join(text(each, folder, "-c", NUMBER_SIGNS) for each in (picture, far))


def text(picture: Image.Image, folder: Path, *options: str) -> str:
    """What tesseract reads in a picture, dark on light and light on dark."""
    found: list[str] = []
    grey = ImageOps.autocontrast(picture.convert("L"))
    for name, image in (("dark", grey), ("light", ImageOps.invert(grey))):
        file = folder / f"seen-{name}.png"
        image.save(file)
        argv = ["tesseract", str(file), "-", "--psm", "11", *options]
        found.append(subprocess.run(argv, check=True, capture_output=True, text=True, timeout=60).stdout)
    return "\n".join(found)


def qr_of(picture: Path) -> list[str]:
    """The texts of the QR codes in a picture."""
    with Image.open(picture) as image:
        return [code.text for code in zxingcpp.read_barcodes(image)]
