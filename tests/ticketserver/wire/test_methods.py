"""The tables of the wire: every row is complete, and every code has its sentence in both languages."""

import importlib
import inspect
import pkgutil
import re

import msgspec
import pytest

from ticketserver import wire
from ticketserver.core import (
    decide,
    decide_counters,
    decide_day,
    decide_notices,
    decide_tickets,
)
from ticketserver.core.terms import Role
from ticketserver.shared.texts import load_texts
from ticketserver.wire import errors
from ticketserver.wire import params as p
from ticketserver.wire.methods import METHODS, NOTIFICATIONS, TOPICS


def structs(module: object) -> list[type]:
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]
    return [kind for kind in kinds if kind.__module__ == module.__name__]


MACHINERY = {"codec", "methods"}
MODULES = [each.name for each in pkgutil.iter_modules(wire.__path__) if each.name not in MACHINERY]
SHAPES = [kind for name in MODULES for kind in structs(importlib.import_module(f"ticketserver.wire.{name}"))]


@pytest.mark.parametrize("kind", SHAPES, ids=lambda kind: kind.__name__)
def test_every_struct_says_what_it_is(kind):
    assert (kind.__dict__["__doc__"] or "").strip().endswith((".", "?", ")"))


def test_every_method_has_roles_and_its_own_parameters():
    assert all(method.roles for method in METHODS.values())
    used = [method.params for method in METHODS.values()]
    assert len(set(used)) == len(used)
    bases = {p.Params, p.Change, p.TicketRef, p.TicketChange, p.AtCounter}
    assert set(used) == {kind for kind in SHAPES if issubclass(kind, p.Params)} - bases


def test_a_method_is_named_like_its_parameters():
    for name, method in METHODS.items():
        assert method.params.__name__ == "".join(part.title() for part in name.split("_"))


def test_whatever_changes_the_hall_for_a_person_carries_a_request_id():
    """Reports of voice and display carry none: they say the same thing however often they come."""
    changing = {name: method.params.__struct_fields__ for name, method in METHODS.items() if method.journalled}
    without = {name for name, fields in changing.items() if "request_id" not in fields}
    assert without == {"report_spoken", "report_shown"}


def test_a_supervisor_may_do_all_that_a_clerk_may():
    assert all(Role.SUPERVISOR in method.roles for method in METHODS.values() if Role.CLERK in method.roles)


def test_a_phone_reaches_tickets_and_nothing_else():
    reach = {name for name, method in METHODS.items() if Role.PHONE in method.roles}
    assert reach == {
        "hello", "get_catalogue", "subscribe", "plan_visit", "find_ticket", "get_ticket", "check_in", "cancel_ticket",
        "add_services", "rate_visit",
    }  # fmt: skip
    assert {topic for topic, (_, roles) in TOPICS.items() if Role.PHONE in roles} == {"ticket"}


def test_every_role_may_introduce_itself_and_do_something_more():
    for role in Role:
        assert sum(role in method.roles for method in METHODS.values()) > 3


def test_every_notification_belongs_to_one_topic():
    told = [name for names, _ in TOPICS.values() for name in names]
    assert sorted(told) == sorted(NOTIFICATIONS)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_refusal_has_a_sentence_and_no_sentence_is_left_over(locale):
    keys = {key.removeprefix("errors.") for key in load_texts(locale) if key.startswith("errors.")}
    assert {key for key in keys if "." not in key} == set(errors.Refusal)


def test_every_code_the_core_refuses_with_is_on_the_list():
    known = set(errors.Refusal)
    for module in (decide, decide_counters, decide_day, decide_notices, decide_tickets):
        for line in inspect.getsource(module).splitlines():
            if "RefusedError(" in line:
                assert set(re.findall(r'"([a-z_]+)"', line.partition("RefusedError(")[2].partition(",")[0])) <= known


def test_codes_of_json_rpc_are_those_of_the_standard():
    assert (errors.PARSE_ERROR, errors.INVALID_REQUEST, errors.METHOD_NOT_FOUND) == (-32700, -32600, -32601)
    assert (errors.INVALID_PARAMS, errors.INTERNAL_ERROR, errors.REFUSED) == (-32602, -32603, -32000)
