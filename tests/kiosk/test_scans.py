"""What a scanned text is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.printing import ticket_code
from kiosk.scans import appointment_code, slip_token

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


def test_an_appointments_code_is_known_by_its_form() -> None:
    code = "YHA1:20251125:1200-1215:PAY-02.ARC-01:K7M2Q4XA:ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert (appointment_code(code), slip_token(code)) == (code, "")
    for text in ("YHA1:", "YHA2" + code[4:], code.lower(), code + "x" * 300, f" {code}", "A" * 22, ""):
        assert appointment_code(text) == ""
