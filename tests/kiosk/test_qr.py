"""The code on the screen."""

import zxingcpp
from PIL import Image

from kiosk.qr import matrix


def test_a_code_holds_its_data():
    rows = matrix("https://hall.example/t/AbCdEfGhIjKlMnOpQrStUv")
    side = len(rows) + 8
    picture = Image.new("L", (side, side), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            picture.putpixel((x + 4, y + 4), 0 if dark else 255)
    (code,) = zxingcpp.read_barcodes(picture.resize((side * 6, side * 6), Image.Resampling.NEAREST))
    assert code.text == "https://hall.example/t/AbCdEfGhIjKlMnOpQrStUv"


def test_no_data_is_no_code():
    assert matrix("") == ()
