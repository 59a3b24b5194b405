"""A slip without a number: the business, where to go with it, what to bring, on which days, and where that is from."""

from hardware.codecs.slip import SlipDocument, SlipItem, SlipRule, SlipText
from kiosk import precheck_words as say
from kiosk.rulebook import Outcome, Precheck
from kiosk.slip import Spoken

PLACE_SIZE = 2


def where_slip(check: Precheck, outcome: Outcome, spoken: Spoken) -> SlipDocument:
    """`outcome` is one of kind elsewhere."""
    items: list[SlipItem] = []
    for words in spoken:
        texts = words.texts
        items.append(SlipText(words.hall.name.of(words.language), align="centre"))
        items.append(SlipText(words.names(check.services), bold=True, align="centre"))
        items.append(SlipText(texts("kiosk.check.go_to")))
        items.append(SlipText(outcome.name.of(words.language), size=PLACE_SIZE, bold=True))
        lines = (say.papers(words, outcome), say.days(words, check), say.source(words, check))
        items += [SlipText(line) for line in lines if line]
        items += [SlipText(texts("kiosk.check.questions")), SlipRule()]
    return SlipDocument(tuple(items[:-1]), mark=" ".join(words.texts("kiosk.check.no_number") for words in spoken))
