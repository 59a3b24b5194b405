"""English text with ticket numbers in it."""

from ticketserver.sound.english import readable


def test_ticket_numbers_are_said_sign_by_sign():
    assert readable("A012, go to counter 12 at 1:30") == "A 0 1 2, go to counter 12 at 1:30"
    assert readable("B1000 and WA012") == "B 1 0 0 0 and WA012"
