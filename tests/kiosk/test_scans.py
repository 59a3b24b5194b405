"""What a scanned text is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.printing import ticket_code
from kiosk.scans import slip_token

TOKEN = "AbCdEfGhIjKlMnOpQrSt-_"


@pytest.mark.parametrize(
    "text",
    [
        TOKEN, f"https://hall.example.gov.cn/t/{TOKEN}", f"HTTPS://HALL.example/queue/t/{TOKEN}",
        f"http://192.168.1.5:8080/t/{TOKEN}", ticket_code("", TOKEN), ticket_code("https://hall.example/", TOKEN),
    ],
)  # fmt: skip
def test_a_slip(text: str) -> None:
    assert slip_token(text) == TOKEN


@pytest.mark.parametrize(
    "text",
    [
        "", "A012", TOKEN[:-1], TOKEN + "x", f" {TOKEN}", f"{TOKEN}\n", f"https://hall.example/x/{TOKEN}",
        f"https://hall.example/t/{TOKEN}?x=1", f"https://hall.example/?u=/t/{TOKEN}", f"ftp://hall.example/t/{TOKEN}",
        f"https://hall.example/t/{TOKEN}/", f"/t/{TOKEN}", "6901234567892", "电子社保卡:123456789012345678",
        "１２３４５６７８９０１２３４５６７８９０１２",
    ],
)  # fmt: skip
def test_no_slip(text: str) -> None:
    assert slip_token(text) == ""


@given(st.text())
def test_any_text(text: str) -> None:
    assert slip_token(text) in ("", text, text[-22:])
