"""docs/wire.md, made from the structs of `ticketserver.wire`: every method, notification, topic, shape, word and code.

A struct's docstring is its sentence, a field's annotation its type; ids and units are explained once, by the sentences
that stand under them in `core/ids.py`. Nothing is written here that the program knows itself.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
from enum import EnumMeta, StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import FieldInfo, fields

from tests.architecture.wire_example import EXAMPLE
from ticketserver.core import ids, terms
from ticketserver.core.terms import Role
from ticketserver.shared.texts import load_texts
from ticketserver.wire import (
    errors,
    guidance,
    notes,
    prints,
    reports,
    views,
    views_board,
    views_catalogue,
    views_counters,
    views_hall,
    views_visits,
)
from ticketserver.wire import params as p
from ticketserver.wire.methods import METHODS, NOTIFICATIONS, PROTOCOL, TOPICS, Method

TOLD = (
    views, views_catalogue, views_visits, views_board, views_counters, views_hall, notes, prints, reports, guidance,
)  # fmt: skip
"""Where the shapes are, in the order of the page."""
GROUPS = {
    "Connection": ("hello", "get_catalogue", "subscribe"),
    "Before a number": ("find_services", "get_guidance"),
    "Numbers": ("plan_visit", "read_appointment", "issue_ticket", "find_request", "find_ticket", "get_ticket",
                "check_in", "cancel_ticket", "add_services", "rate_visit", "report_print", "confirm_priority"),
    "Call boxes, screens and voice": ("press_key", "report_spoken", "report_shown"),
    "A counter": ("open_counter", "pause_counter", "resume_counter", "close_counter"),
    "A visit at a counter": ("call_next", "recall", "call_visit", "serve_walk_in", "start_service", "finish_service",
                             "mark_no_show", "reopen_visit", "hold_visit", "resume_visit", "transfer_visit",
                             "requeue_visit"),
    "Looking": ("list_waiting", "list_visits", "get_wait_report"),
    "Devices and help": ("report_health", "request_help", "accept_help"),
    "Slips asked of a kiosk": ("print_ticket", "end_print", "list_prints"),
    "Announcements and notices": ("announce", "stop_announcement", "set_notice", "clear_notice"),
    "Supervision": ("set_hours", "set_profile", "set_overflow"),
}  # fmt: skip
CODES = {
    errors.PARSE_ERROR: "not JSON, not UTF-8, or nested beyond measure; the id is null",
    errors.INVALID_REQUEST: "not one JSON-RPC request, or a batch: send one object a message",
    errors.METHOD_NOT_FOUND: "no such method; the message lists those that there are",
    errors.INVALID_PARAMS: "a parameter does not fit; the message names the method and the field's path "
    "(`$.services[0].quantity`)",
    errors.INTERNAL_ERROR: "the hall could not do it and changed nothing; `data.code` is `internal_error`",
    errors.REFUSED: "the hall refuses; `data.code` is one of the codes below, `message` a sentence in the language of "
    "`hello`",
}
HEAD = """# The wire

Made from `ticketserver/wire` by `python -m tests.architecture.pages --write`; a test fails when this page is stale.
Protocol {protocol}.

Everything speaks JSON-RPC 2.0, UTF-8, **one object a message**: over a WebSocket (port 8765) for everything
live, and the same methods as `POST /rpc` (port 8080, `Authorization: Bearer` with the role's token) for
programs that ask now and then; phones have `POST /phone/rpc`, by the token of their slip. Unknown fields are
ignored on both sides, so that old and new talk to each other; a field with its default value is left out.
Times are milliseconds since 1970 in UTC, spans are plain milliseconds.

```
{example}
```

1. **First `hello`**, within 5 s, with role and token; the answer names the hall, its day and its time.
2. **`request_id`** is made where somebody acts, before sending. The same id with the same parameters gets the
   same reply for the whole business day, also after a restart of the server: after a broken line send the same
   message again. The same id with other parameters is `request_id_reused`. A refused request is judged anew.
3. **An answer leaves when what it tells is on the disk**, and answers leave in the order of asking.
4. **`subscribe`** answers with a snapshot. After it notifications count `n` = 1, 2, 3 … within the
   subscription: when a number is missing, subscribe again. `seq` is the position in the journal. Calls and
   counters are told at once, a ticket when something happened to it; lists, and how many are ahead, at most once a
   second, the newest only.

"""


def cell(text: str) -> str:
    return text.replace("|", "\\|")


def sentence(kind: type) -> str:
    """A struct's docstring as one line."""
    return " ".join(inspect.cleandoc(kind.__dict__["__doc__"]).split())


def anchor(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def id_notes() -> dict[str, tuple[str, str]]:
    """NewTypes of core/ids.py: name → (JSON type, the sentence under it)."""
    tree = ast.parse(inspect.getsource(ids))
    notes: dict[str, tuple[str, str]] = {}
    for statement, after in zip(tree.body, [*tree.body[1:], None], strict=True):
        if isinstance(statement, ast.Assign) and isinstance(name := statement.targets[0], ast.Name):
            told = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            text = " ".join(str(after.value.value).split()) if told else ""  # type: ignore[union-attr]
            notes[name.id] = (typed(getattr(ids, name.id).__supertype__), text)
    return notes


def typed(kind: Any) -> str:
    """A type as a reader of JSON sees it."""
    origin = get_origin(kind)
    if origin is Annotated:
        base, meta = get_args(kind)
        if get_origin(base) is list:
            return typed(base).replace("list of", f"list of {counted(meta)}", 1)
        return typed(base) + limits(meta)
    if origin in (Union, UnionType):
        parts = [typed(part) for part in get_args(kind) if part is not NoneType]
        return " or ".join([*parts, *["null"] * (NoneType in get_args(kind))])
    if origin in (list, tuple):
        return f"list of {typed(get_args(kind)[0])}"
    if hasattr(kind, "__supertype__"):
        return anchor(kind.__name__)
    if isinstance(kind, EnumMeta) or (isinstance(kind, type) and issubclass(kind, Struct)):
        return anchor(kind.__name__)
    return {str: "text", int: "integer", bool: "true or false"}[kind]


def counted(meta: Meta) -> str:
    return f"{meta.min_length} to {meta.max_length}" if meta.min_length else f"at most {meta.max_length}"


def limits(meta: Meta) -> str:
    """What a Meta asks for, behind the type."""
    low, high = meta.ge, meta.le
    if low is not None and high is not None:
        return f", {low} to {high}"
    if low is not None:
        return f", from {low}"
    if meta.pattern:
        return f", `{meta.pattern}`"
    return f", {counted(meta)} characters"


def default(field: FieldInfo, told: bool) -> str:
    if field.required:
        return "always there" if told else "**needed**"
    value = field.default if field.default is not NODEFAULT else field.default_factory()
    return f"`{json.dumps(value)}`"


def field_table(kind: type[Struct]) -> list[str]:
    """`| field | type | if left out |`, or a word where there is nothing."""
    hints = get_type_hints(kind, include_extras=True)
    told = issubclass(kind, views.View)
    rows = [
        f"| `{each.name}` | {cell(typed(hints[each.name]))} | {cell(default(each, told))} |" for each in fields(kind)
    ]
    return ["| field | type | if left out |", "|---|---|---|", *rows, ""] if rows else ["No fields.", ""]


def roles(method: Method) -> str:
    return "anyone" if method.roles == frozenset(Role) else ", ".join(r.value for r in Role if r in method.roles)


def method_parts() -> list[str]:
    lines = ["## Methods", "", "| method | who | changes the hall |", "|---|---|---|"]
    lines += [
        f"| [`{name}`](#{name}) | {roles(METHODS[name])} | {'yes' if METHODS[name].journalled else ''} |"
        for names in GROUPS.values()
        for name in names
    ]
    for group, names in GROUPS.items():
        lines += ["", f"### {group}", ""]
        for name in names:
            method = METHODS[name]
            lines += [f"#### {name}", "", sentence(method.params), ""]
            lines += [f"Who: {roles(method)}. Result: {anchor(method.result.__name__)}.", ""]
            lines += field_table(method.params)
    return lines


def told_parts() -> list[str]:
    lines = ["## Topics and notifications", "", "| topic | who | notifications |", "|---|---|---|"]
    for topic, (names, who) in TOPICS.items():
        linked = ", ".join(f"[`{name}`](#{name})" for name in names)
        lines.append(f"| `{topic}` | {', '.join(role.value for role in Role if role in who)} | {linked} |")
    for name, kind in NOTIFICATIONS.items():
        lines += ["", f"#### {name}", "", sentence(kind), "", *field_table(kind)[:-1]]
    return [*lines, ""]


def shapes() -> list[type[Struct]]:
    """Structs that results, notifications and parameters are made of, in the order of the source."""
    asked = {method.params for method in METHODS.values()}
    left_out = {views.View, notes.Note, *NOTIFICATIONS.values(), p.Params, *asked}
    found = [p.ServiceItem, p.PriorityClaim]
    for kind in (each for module in TOLD for each in vars(module).values()):
        if isinstance(kind, type) and issubclass(kind, views.View) and kind not in [*left_out, *found]:
            found.append(kind)
    return found


def shape_parts() -> list[str]:
    lines = ["## Shapes", ""]
    for kind in shapes():
        lines += [f"#### {kind.__name__}", "", sentence(kind), "", *field_table(kind)]
    return lines


def vocabularies(text: str) -> list[type[StrEnum]]:
    """Those that the page links to, in the order of the source."""
    return [
        kind
        for kind in vars(terms).values()
        if isinstance(kind, EnumMeta) and kind is not StrEnum and f"](#{kind.__name__.lower()})" in text
    ]


def word_parts(text: str) -> list[str]:
    """Each closed vocabulary with the words that people see, where the catalogue has them."""
    english, chinese = load_texts("en"), load_texts("zh")
    lines = ["## Words", "", "Closed lists: a value may be added, none is ever renamed.", ""]
    for kind in vocabularies(text):
        term = "terms." + re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
        lines += [f"#### {kind.__name__}", "", "| value | English | 中文 |", "|---|---|---|"]
        for member in kind:
            key = f"{term}.{member.value}"
            known = key in set(english)
            lines.append(
                f"| `{json.dumps(member.value)}` | {english(key) if known else ''} | {chinese(key) if known else ''} |"
            )
        lines.append("")
    return lines


def id_parts(text: str) -> list[str]:
    lines = ["## Ids and units", "", "| name | type | meaning |", "|---|---|---|"]
    for name, (kind, note) in id_notes().items():
        if f"](#{name.lower()})" in text:
            lines.append(f'| <a id="{name.lower()}"></a>{name} | {kind} | {cell(note)} |')
    return [*lines, ""]


def error_parts() -> list[str]:
    english, chinese = load_texts("en"), load_texts("zh")
    lines = ["## Errors", "", "| code | meaning |", "|---|---|"]
    lines += [f"| {code} | {meaning} |" for code, meaning in CODES.items()]
    lines += ["", "| `data.code` | English | 中文 |", "|---|---|---|"]
    for code in errors.Refusal:
        lines.append(f"| `{code.value}` | {english(f'errors.{code.value}')} | {chinese(f'errors.{code.value}')} |")
    return lines


def page() -> str:
    parts = [*method_parts(), *told_parts(), *shape_parts()]
    text = "\n".join(parts)
    parts += [*word_parts(text), *id_parts(text), *error_parts()]
    return HEAD.format(protocol=PROTOCOL, example=EXAMPLE) + "\n".join(parts) + "\n"
