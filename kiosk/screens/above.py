"""What stands large in the upper half in low reach, where nothing can be touched: all that is only read.

| screen | said there |
|---|---|
| home | title, the hall's notice |
| list, papers | title, how it is used |
| search | what was typed and what came of it; before that, how to type |
| confirm | every fact, or why there is no number |
| message | title, sentence |
| number | the number, where to go, how long, check code |
| find | title, what was wrong, or how it is used |
| report | title |
"""

from kiosk import model as m


def said_above(screen: m.Screen) -> str:
    return "\n".join(line for line in _lines(screen) if line)


def _lines(screen: m.Screen) -> tuple[str, ...]:
    """An empty one is none."""
    match screen:
        case m.Home():
            return (screen.title, screen.notice)
        case m.Listing() | m.Needs():
            return (screen.title, screen.hint)
        case m.Search():
            return (screen.typed, screen.heading) if screen.typed else (screen.title,)
        case m.Confirm():
            return tuple(f"{fact.head}: {fact.text}" for fact in screen.facts) or (screen.problem,)
        case m.Message():
            return (screen.title, screen.text)
        case m.Number():
            return (screen.number, *screen.lines)
        case m.Find():
            return (screen.title, screen.problem or screen.hint)
        case m.Report():
            return (screen.title,)
