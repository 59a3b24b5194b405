"""The slip that somebody asks for to see whether the printer prints; no ticket."""

from hardware.codecs.slip import SlipDocument, SlipFeed, SlipItem, SlipRule, SlipText
from kiosk.words import Words


def trial_slip(words: Words, kiosk: str, at_ms: int) -> SlipDocument:
    """`at_ms`: ms since 1970; 0 = not known, since no server has told the time yet."""
    texts = words.texts
    head = SlipText(words.hall.name.of(words.language), align="centre")
    lines = (texts("slip.trial.text"), texts("slip.trial.kiosk", kiosk=kiosk))
    items: list[SlipItem] = [head, SlipRule(), *(SlipText(line) for line in lines)]
    if at_ms:
        items.append(SlipText(texts("slip.test.time", time=words.moment(at_ms))))
    return SlipDocument((*items, SlipFeed(1)), mark=texts("slip.mark.test"))
