"""A card reader out of plain values, for those who know settings and no transports."""

from hardware.devices.card_reader import CardReader
from hardware.transports.open import open_link


def make_card_reader(link: str) -> CardReader:
    """The reader at a link address; nothing of it is opened yet."""
    return CardReader(lambda: open_link(link))
