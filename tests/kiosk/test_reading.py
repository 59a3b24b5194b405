"""The flow: slips' codes and ID cards held before the kiosk, and how their devices stand."""

import logging
from dataclasses import replace

import pytest

from kiosk import events as e
from kiosk import reading_events as r
from kiosk.state import Step
from tests.kiosk.kiosks import HALL, NOON, TEXTS, TOKEN, Kiosk, hours, link_up, plan, ticket
from ticketserver.core.terms import Basis, DeviceHealth, Phase, VisitState
from ticketserver.wire.params import PriorityClaim

BOTH = replace(HALL, scanner="scanner1", card_reader="reader1")
KEY = "5a" * 32
HOLDER = "0f" * 32
ECARD = "SB-0123456789-9876543210-ECARD"
ZH = TEXTS["zh"]


def kiosk(hall=BOTH, **other) -> Kiosk:
    return Kiosk(hall).up(day_key=KEY, **other)


def scan(text: str = TOKEN) -> r.Scanned:
    return r.Scanned(text)


def card(aged: bool = False, holder: str = HOLDER) -> r.CardSeen:
    return r.CardSeen(holder, aged)


# ---- slips' codes


@pytest.mark.parametrize("taps", [[], ["have_number"], ["group:own"], ["search"], ["group:own", "toggle:PAY-02"]])
@pytest.mark.parametrize("text", [TOKEN, f"https://hall.example/t/{TOKEN}"])
def test_a_slips_code_finds_the_ticket(taps: list[str], text: str) -> None:
    made = kiosk().tap(*taps).see(scan(text))
    assert made.asked("find_ticket").params.token == TOKEN
    made.answer("find_ticket", ticket())
    assert made.step is Step.TICKET
    assert made.screen.number == "A012"


def test_what_was_found_by_its_code_can_be_used_like_one_found_by_hand() -> None:
    made = kiosk().see(scan()).answer("find_ticket", ticket(state=VisitState.NO_SHOW)).tap("check_in")
    asked = made.asked("check_in").params
    assert (asked.number, asked.check_code) == ("A012", "4821")
    made.answer("check_in", ticket()).tap("print_again")
    assert made.last(e.Print).document.items[-1] is not None
    assert made.flow.desk.visit.token == TOKEN


def test_a_number_found_by_hand_has_no_code_of_another() -> None:
    made = kiosk().see(scan()).refuse("find_ticket", "unknown_ticket")
    made.tap("sign:A", "sign:0", "sign:1", "sign:2", "find", "sign:4", "sign:8", "sign:2", "sign:1", "find")
    made.answer("find_ticket", ticket())
    assert made.flow.desk.visit.token == ""


def test_another_slip_while_a_ticket_stands() -> None:
    made = kiosk().see(scan()).answer("find_ticket", ticket()).tap("cancel")
    made.see(scan("x" * 22)).answer("find_ticket", ticket(number="C003"))
    assert made.screen.number == "C003"
    assert made.flow.desk.visit.token == "x" * 22


@pytest.mark.parametrize("code", ["unknown_ticket", "day_over"])
def test_a_slip_that_is_not_known_says_so(code: str) -> None:
    made = kiosk().see(scan()).refuse("find_ticket", code)
    assert made.step is Step.FIND
    assert made.screen.problem == made.flow.desk.words.problem(code)


def test_no_answer_says_so() -> None:
    made = kiosk().see(scan()).lose("find_ticket")
    assert made.screen.problem == ZH("kiosk.problem.lost")


@pytest.mark.parametrize("taps", [[], ["have_number"]])
def test_another_code_is_said_to_be_none_and_goes_nowhere(taps: list[str], caplog) -> None:
    with caplog.at_level(logging.DEBUG):
        made = kiosk().tap(*taps).see(scan(ECARD))
    assert made.step is Step.FIND
    assert made.screen.problem == ZH("kiosk.problem.other_code")
    assert "find_ticket" not in made.methods()
    shown = repr(made.effects) + repr(vars(made.flow.desk)) + repr(scan(ECARD)) + caplog.text + repr(made.frame)
    assert ECARD not in shown


def test_a_scan_while_the_server_is_asked_or_a_slip_is_printed_does_nothing() -> None:
    made = kiosk().see(scan())
    assert made.methods().count("find_ticket") == 1
    made.see(scan("x" * 22))
    assert made.methods().count("find_ticket") == 1
    for busy in (kiosk().confirm(), kiosk().confirm().tap("take"), kiosk().take()):
        before = busy.step
        busy.see(scan(), scan(ECARD))
        assert busy.step is before
        assert "find_ticket" not in busy.methods()


def test_a_scan_counts_as_somebody_there() -> None:
    made = kiosk().tap("have_number")
    made.wait(HALL.idle_reset_ms - 1_000).see(scan(ECARD)).tick(2_000)
    assert made.step is Step.FIND


@pytest.mark.parametrize(("held", "what"), [
    (scan(), "code"), (scan(ECARD), "code"), (card(), "card"), (card(aged=True), "card"), (r.CardUnread(), "card"),
])  # fmt: skip
def test_what_is_held_there_without_the_server_is_said_to_be_in_vain_until_its_person_leaves(held, what: str) -> None:
    away = kiosk().see(e.LinkLost()).tick(5_000)
    asked = away.methods()
    assert away.screen.title == ""
    away.see(held)
    assert (away.screen.title, away.screen.text) == (ZH(f"kiosk.away.{what}_unheard"), ZH("kiosk.away.text"))
    assert (away.step, away.methods(), away.flow.desk.visit.holder) == (Step.HOME, asked, "")
    away.see(link_up())
    assert away.screen.notice == ZH(f"kiosk.card.{what}_unheard")
    away.tick(HALL.idle_reset_ms)
    assert away.screen.notice == kiosk().screen.notice


def test_a_scan_in_a_closed_hall_finds() -> None:
    closed = kiosk(hours_view=hours(Phase.CUT_OFF)).see(scan()).answer("find_ticket", ticket())
    assert closed.step is Step.TICKET


def test_the_hint_stands_where_a_scanner_works() -> None:
    assert kiosk(HALL).tap("have_number").screen.hint == ZH("kiosk.find.hint")
    made = kiosk().tap("have_number")
    assert made.screen.hint == ZH("kiosk.find.hint_scan")
    made.see(r.InputSeen("scanner1", "scanner", DeviceHealth.OFFLINE, "link_down"))
    assert made.screen.hint == ZH("kiosk.find.hint")


def test_a_scanner_is_triggered_while_a_number_is_asked_for() -> None:
    assert not kiosk().tick(1_000).all(r.Trigger)
    assert kiosk().tap("have_number").tick(1_000).all(r.Trigger) == [r.Trigger()]
    assert not kiosk(HALL).tap("have_number").tick(1_000).all(r.Trigger)


# ---- cards


def test_a_card_makes_the_number_its_holders() -> None:
    made = kiosk().see(card()).confirm().tap("take")
    asked = made.asked("issue_ticket").params
    assert asked.holder == HOLDER
    assert asked.priority is None


def test_without_a_card_there_is_no_holder() -> None:
    assert kiosk().confirm().tap("take").asked("issue_ticket").params.holder == ""


def test_an_aged_persons_card_is_the_proof_of_priority() -> None:
    made = kiosk().see(card(aged=True))
    assert made.screen.notice == ZH("kiosk.card.aged", name="老人")
    made.confirm()
    aged = PriorityClaim("age", Basis.CARD)
    assert made.asked("plan_visit").params.priority == aged
    assert ZH("kiosk.priority.by_card", name="老人") in [fact.text for fact in made.screen.facts]
    made.tap("take")
    assert made.asked("issue_ticket").params.priority == aged


def test_a_card_on_the_confirm_screen_plans_anew() -> None:
    made = kiosk().confirm()
    before = made.methods().count("plan_visit")
    made.see(card(aged=True))
    assert made.methods().count("plan_visit") == before + 1
    made.answer("plan_visit", plan(ahead=3)).tap("take")
    assert made.asked("issue_ticket").params.holder == HOLDER


def test_a_class_that_was_chosen_stays_and_age_can_be_left_off() -> None:
    made = kiosk().confirm().tap("priority", "claim:veteran").see(card(aged=True))
    assert made.asked("plan_visit").params.priority == PriorityClaim("veteran", Basis.DECLARED)
    made = kiosk().see(card(aged=True)).confirm().tap("priority", "claim")
    assert made.asked("plan_visit").params.priority is None


def test_age_declared_before_is_shown_by_the_card() -> None:
    made = kiosk().confirm().tap("priority", "claim:age")
    assert made.asked("plan_visit").params.priority == PriorityClaim("age", Basis.DECLARED)
    made.see(card(aged=True))
    assert made.asked("plan_visit").params.priority == PriorityClaim("age", Basis.CARD)


def test_the_last_card_counts() -> None:
    made = kiosk().see(card(aged=True), card(holder="1e" * 32)).confirm().tap("take")
    asked = made.asked("issue_ticket").params
    assert (asked.holder, asked.priority) == ("1e" * 32, None)


def test_age_by_card_only_can_be_taken_only_with_a_card() -> None:
    hall = replace(BOTH, priorities=HALL.priorities[:1])
    made = kiosk(hall).confirm().tap("priority")
    assert [row.label for row in made.screen.rows] == ["军人", ZH("kiosk.priority.none")]
    made.tap("claim:age")
    assert made.step is Step.PRIORITY
    made.see(card(aged=True))
    assert [row.label for row in made.screen.rows] == ["军人", "老人", ZH("kiosk.priority.none")]


def test_a_hall_without_priority_by_age() -> None:
    made = kiosk(replace(BOTH, age_priority=None)).see(card(aged=True))
    assert made.screen.notice == ZH("kiosk.card.read")
    assert made.confirm().asked("plan_visit").params.priority is None


def test_who_leaves_takes_the_card_along() -> None:
    made = kiosk().see(card(aged=True)).tick(HALL.idle_reset_ms - 1_000)
    assert made.frame.warning is not None
    made.tick(1_000)
    assert made.screen.notice == ZH("kiosk.card.hint")
    made.confirm().tap("take")
    asked = made.asked("issue_ticket").params
    assert (asked.holder, asked.priority) == ("", None)


def test_a_number_left_behind_is_not_offered_to_the_card_that_lies_there() -> None:
    made = kiosk()
    made.see(card())
    made.flow.desk.machine.unresolved.append(e.Pending("request-x", TOKEN))
    made.see(e.LinkLost(), link_up(day_key=KEY))
    assert "find_request" not in made.methods()


@pytest.mark.parametrize(("unknown", "key"), [(False, "again"), (True, "unknown")])
def test_a_card_that_was_not_read(unknown: bool, key: str) -> None:
    made = kiosk().see(r.CardUnread(unknown))
    assert made.screen.notice == ZH(f"kiosk.card.{key}")
    assert made.confirm().tap("take").asked("issue_ticket").params.holder == ""


def test_cards_do_nothing_where_nobody_chooses() -> None:
    for made in (kiosk().take(), kiosk().tap("have_number"), kiosk(hours_view=hours(Phase.CUT_OFF))):
        made.see(card(aged=True), r.CardUnread())
        assert (made.flow.desk.visit.holder, made.flow.desk.visit.card) == ("", "")


def test_a_card_on_a_list_is_taken() -> None:
    made = kiosk().tap("group:own").see(card()).tap("toggle:PAY-02", "done").answer("plan_visit", plan()).tap("take")
    assert made.asked("issue_ticket").params.holder == HOLDER


def test_the_hint_for_cards_stands_where_a_reader_works() -> None:
    assert kiosk(HALL).screen.notice == ""
    made = kiosk()
    assert made.screen.notice == ZH("kiosk.card.hint")
    made.see(r.InputSeen("reader1", "card_reader", DeviceHealth.OFFLINE, "silent"))
    assert made.screen.notice == ""


def test_a_holder_shows_nowhere() -> None:
    made = kiosk().see(card(aged=True)).confirm()
    shown = repr(card()) + repr(made.flow.desk.visit) + repr(made.frame)
    assert HOLDER not in shown
    assert KEY not in repr(made.all(r.UseKey))


# ---- the day's key


def test_the_reader_is_given_the_days_key() -> None:
    assert kiosk().all(r.UseKey) == [r.UseKey(KEY, "2025-11-25")]
    assert kiosk(HALL).all(r.UseKey) == []


@pytest.mark.parametrize("phase", [Phase.NO_DAY, Phase.ENDED])
def test_it_is_taken_away_at_the_days_end(phase: Phase) -> None:
    made = kiosk().see(e.HoursSeen(hours(phase)), e.HoursSeen(hours(phase)))
    assert made.all(r.UseKey)[1:] == [r.UseKey("", "")]


def test_it_is_taken_away_on_another_day_and_kept_on_the_same() -> None:
    made = kiosk().see(e.HoursSeen(hours(Phase.LUNCH)))
    assert len(made.all(r.UseKey)) == 1
    made.see(e.HoursSeen(hours(day="2025-11-26")))
    assert made.last(r.UseKey) == r.UseKey("", "")


def test_a_greeting_without_a_key_takes_it_away() -> None:
    made = kiosk().see(link_up(at_ms=NOON))
    assert made.last(r.UseKey) == r.UseKey("", "2025-11-25")
    made.see(e.HoursSeen(hours(Phase.ENDED)))
    assert len(made.all(r.UseKey)) == 2


# ---- the devices


def test_health_is_reported_when_seen_and_at_each_greeting() -> None:
    seen = r.InputSeen("scanner1", "scanner", DeviceHealth.OFFLINE, "link_down")
    made = Kiosk(BOTH).see(seen)
    assert "report_health" not in made.methods()
    made.up()
    told = [ask.params for ask in made.all(e.Ask) if ask.method == "report_health" and ask.params.kind == "scanner"]
    assert [(each.device, each.health, each.reason) for each in told] == [
        ("scanner1", DeviceHealth.OFFLINE, "link_down")
    ]
    made.see(r.InputSeen("scanner1", "scanner", DeviceHealth.ONLINE))
    assert made.asked("report_health").params.health is DeviceHealth.ONLINE
