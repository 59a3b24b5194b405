"""The pension calculator in words: three numbers, and what they come to, with year and source."""

from kiosk.buttons import Button, Look, Mood
from kiosk.desk import Desk
from kiosk.events import Tap
from kiosk.keyboard import DIGIT_ROWS
from kiosk.model import Field, Find, Message
from kiosk.pension import FIELDS, complete, worked_out
from kiosk.present_choosing import enquiry


def pension(desk: Desk) -> Find:
    texts, said = desk.words.texts, desk.visit.pension
    fields = tuple(
        Field(texts(f"kiosk.pension.{name}"), said.typed.get(name, ""), name == said.active, Tap("pension_field", name))
        for name in FIELDS
    )
    done = complete(said)
    on = Button(
        texts("kiosk.pension.work_out" if done else "kiosk.pension.next"), Tap("pension_next"),
        Look.MAIN if done else Look.KEY,
    )  # fmt: skip
    rows = [tuple(Button(sign, Tap("pension_sign", sign), Look.KEY) for sign in row) for row in DIGIT_ROWS]
    rub = Button(texts("kiosk.button.delete"), Tap("pension_rub"), Look.KEY)
    return Find(
        title=texts("kiosk.pension.title"),
        hint=texts("kiosk.pension.hint"),
        fields=fields,
        problem="",
        keys=(*rows, (rub, Button("0", Tap("pension_sign", "0"), Look.KEY), on)),
        missing_head="",
        missing=(),
        buttons=(_back(desk), *enquiry(desk)),
    )


def pension_said(desk: Desk) -> Message:
    texts, found = desk.words.texts, worked_out(desk)
    source = found.rule.source.of(desk.language)
    lines = [
        texts("kiosk.pension.need", year=found.year, need=found.need),
        texts("kiosk.pension.kept"),
        texts("kiosk.pension.source", year=found.rule.year, source=source),
    ]
    title = texts(f"kiosk.pension.{found.kind}", **({"missing": found.missing} if found.missing else {}))
    buttons = (_back(desk), *enquiry(desk), Button(texts("kiosk.button.home"), Tap("home")))
    return Message("\n".join(lines), buttons, Mood.CARE if found.missing else Mood.GOOD, title)


def _back(desk: Desk) -> Button:
    return Button(desk.words.texts("kiosk.button.back"), Tap("pension_back"))
