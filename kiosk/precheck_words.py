"""What is said about a precheck's days, papers, amount and source; the same on screen and paper."""

from kiosk.rulebook import Outcome, Precheck
from kiosk.words import Words


def date(words: Words, day: str) -> str:
    """`2019-10-15` as people write it."""
    year, month, number = day.split("-")
    return words.texts("kiosk.check.date", year=year, month=int(month), day=int(number))


def days(words: Words, check: Precheck) -> str:
    """First and last day, with their year; empty where there is no limit."""
    if check.opens and check.closes:
        opens, closes = date(words, check.opens), date(words, check.closes)
        return words.texts("kiosk.check.days", opens=opens, closes=closes)
    if check.opens:
        return words.texts("kiosk.check.days_from", opens=date(words, check.opens))
    return words.texts("kiosk.check.days_until", closes=date(words, check.closes)) if check.closes else ""


def source(words: Words, check: Precheck) -> str:
    return words.texts("kiosk.check.source", year=check.year, source=check.source.of(words.language))


def amount(words: Words, check: Precheck, outcome: Outcome) -> str:
    if not outcome.yuan_a_year:
        return ""
    return words.texts("kiosk.check.amount", year=check.year, yuan=outcome.yuan_a_year)


def papers(words: Words, outcome: Outcome) -> str:
    if not outcome.papers:
        return ""
    return words.texts("kiosk.check.bring", papers=words.join(each.of(words.language) for each in outcome.papers))
