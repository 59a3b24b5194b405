"""What lies on a card reader: each card is given once for each laying down, and each failure said once.

After a good read many readers answer "none found" until the card leaves; others find it for as long as it lies. So a
card that is found without a single "none found" since is the same one, still lying; one found after fewer than `GONE`
of them is read, and given only if it is another. After `GONE` in a row the field is empty.
"""

from typing import Final

GONE: Final = 3


class CardField:
    """`given` cards are told apart by whatever text stands for them."""

    def __init__(self) -> None:
        self._given: str | None = None
        self._absent = 0
        self._failures = 0

    def forget(self) -> None:
        """The next card is a new one, even if it lies there already."""
        self._given = None

    def none_found(self) -> None:
        self._absent += 1
        if self._absent >= GONE:
            self._given = None
            self._failures = 0

    def found(self) -> bool:
        """A card lies there; whether it is to be read."""
        if self._absent:
            self._absent = 1
        return self._given is None or self._absent > 0

    def read(self, given: str) -> bool:
        """A card was read; whether it is to be given."""
        again = given == self._given
        self._given, self._absent, self._failures = given, 0, 0
        return not again

    def failed(self, selecting: bool) -> bool:
        """A card that was found gave nothing; whether to say so. A select that fails once says nothing, since a hand is
        still moving the card."""
        self._failures += 1
        return self._failures == (2 if selecting else 1)
