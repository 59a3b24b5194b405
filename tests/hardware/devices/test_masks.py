"""Masks: nothing of a person gets through, whatever the line does; what stays is what a driver needs."""

import struct
from functools import reduce
from operator import xor

from hypothesis import given
from hypothesis import strategies as st

from hardware.devices.masks import PREAMBLE, SPECIMEN, CardMask
from hardware.devices.masks_scans import KeyboardMask, ModuleMask, ScanMask

NAME = "张三丰".ljust(15).encode("utf-16-le")
NUMBER = "932682198501010017".encode("utf-16-le")
TEXT = (NAME + bytes(92) + NUMBER).ljust(256, b"\x20")
PHOTO = bytes(range(256)) * 4


def answer(status: str, data: bytes = b"", spoil: int = 0) -> bytes:
    body = (len(data) + 4).to_bytes(2, "big") + bytes.fromhex(status) + data
    return PREAMBLE + body + bytes([reduce(xor, body) ^ spoil])


READ = answer("00 00 90", bytes.fromhex("01 00 04 00") + TEXT + PHOTO)


def test_a_read_becomes_a_card_that_nobody_has() -> None:
    shown = CardMask().heard(READ)
    assert shown == answer("00 00 90", bytes.fromhex("01 00 04 00") + SPECIMEN + bytes(1024))
    assert len(SPECIMEN) == 256
    assert SPECIMEN[122:158].decode("utf-16-le") == "11010519491231002X"


def test_fingerprints_keep_their_size_alone() -> None:
    prints = answer("00 00 90", bytes.fromhex("01 00 04 00 02 00") + TEXT + PHOTO + b"F" * 512)
    shown = CardMask().heard(prints)
    assert shown == answer("00 00 90", bytes.fromhex("01 00 04 00 02 00") + SPECIMEN + bytes(1536))


def test_an_address_becomes_zeros() -> None:
    assert CardMask().heard(answer("00 00 90", "某区某路一号".ljust(35).encode("utf-16-le"))) == answer(
        "00 00 90", bytes(70)
    )


def test_short_answers_stay() -> None:
    for stays in (answer("00 00 80"), answer("00 00 9F", bytes(4)), answer("00 00 90", b"0123456789ABCDEF")):
        assert CardMask().heard(stays) == stays


def test_what_a_card_is_selected_by_is_hidden() -> None:
    assert CardMask().heard(answer("00 00 90", b"\x12\x34" * 4)) == answer("00 00 90", bytes(8))


def test_a_wrong_sum_stays_wrong() -> None:
    wrong = answer("00 00 90", bytes.fromhex("01 00 04 00") + TEXT + PHOTO, spoil=0x5A)
    shown = CardMask().heard(wrong)
    assert shown[-1] ^ 0x5A == CardMask().heard(READ)[-1]


def test_a_read_cut_short_hides_nothing_of_the_next_answer() -> None:
    mask = CardMask()
    mask.heard(READ[:700])
    mask.sent()
    assert mask.heard(answer("00 00 80")) == answer("00 00 80")


def test_sizes_that_are_none_are_hidden() -> None:
    strange = answer("00 00 90", NAME[:4] + TEXT + PHOTO)
    assert NAME[:2] not in CardMask().heard(strange)


def test_what_fits_no_frame_becomes_zeros() -> None:
    assert CardMask().heard(
        b"\x11\xaa\x12" + PREAMBLE + b"\xff\xffsecret"
    ) == b"\0\xaa\0" + PREAMBLE + b"\xff\xff" + bytes(6)
    assert CardMask().heard(b"\xaa" + READ[:7]) == b"\xaa" + READ[:7]


@given(st.lists(st.integers(1, 300), max_size=20), st.binary(max_size=8))
def test_the_answer_may_come_in_any_pieces_and_behind_any_noise(cuts: list[int], noise: bytes) -> None:
    mask, data, shown = CardMask(), noise + READ, b""
    for cut in [*cuts, len(data)]:
        shown += mask.heard(data[:cut])
        data = data[cut:]
    assert len(shown) == len(noise) + len(READ)
    assert NUMBER not in shown
    assert NAME[:6] not in shown


def test_codes_become_stars() -> None:
    assert ScanMask().heard(b"]Q1abc-123\r\n") == b"*" * 10 + b"\r\n"


def test_a_modules_answers_stay_among_its_codes() -> None:
    done, speed = bytes.fromhex("02 00 00 01 00 33 31"), bytes.fromhex("02 00 00 02 39 01 C1 4C")
    mask = ModuleMask()
    heard = done + b"abc\r" + speed + b"x\x02y\x02\x02\x00\x00\x09z" + done
    shown = done + b"***\r" + speed + b"*\x02*\x02\x02\x00\x00**" + done
    assert b"".join(mask.heard(bytes([byte])) for byte in heard) == shown


def test_an_answer_half_heard_goes_on_when_the_driver_asks_again() -> None:
    mask, speed = ModuleMask(), bytes.fromhex("02 00 00 02 39 01 C1 4C")
    for split in range(1, len(speed)):
        shown = mask.heard(b"ab\r" + speed[:split])
        mask.sent()
        assert shown + mask.heard(speed[split:] + b"cd\r") == b"**\r" + speed + b"**\r"


def test_of_a_code_after_an_answer_cut_off_four_bytes_are_seen_at_most() -> None:
    mask = ModuleMask()
    assert mask.heard(bytes.fromhex("02 00 00 02") + b"abcdefghij") == bytes.fromhex("02 00 00 02") + b"abcd******"


def event(kind: int, code: int, value: int) -> bytes:
    return struct.pack("<qqHHi", 7, 8, kind, code, value)


def test_keys_become_one_key() -> None:
    typed = (
        event(4, 4, 458756) + event(1, 30, 1) + event(0, 0, 0) + event(1, 42, 1) + event(1, 0x101, 1) + event(1, 28, 1)
    )
    shown = event(4, 4, 0) + event(1, 45, 1) + event(0, 0, 0) + event(1, 42, 1) + event(1, 45, 1) + event(1, 28, 1)
    mask = KeyboardMask()
    assert b"".join(mask.heard(bytes([byte])) for byte in typed) == shown
    mask.sent()


def test_a_question_changes_nothing_for_a_scanner() -> None:
    mask = ScanMask()
    mask.sent()
    assert mask.heard(b"a\r") == b"*\r"
