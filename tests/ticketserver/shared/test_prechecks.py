"""`[[precheck]]` of the catalogue: every rule that refuses a file, each seen on the sample with one thing changed."""

import pytest

from tests.ticketserver.shared.halls import Halls
from ticketserver.shared.catalogue import load_catalogue
from ticketserver.shared.problems import SettingsError, key_text

AGAIN = '\n[[precheck]]\nid = "{id}"\nservices = ["{code}"]\nyear = 2019\nsource_zh = "甲"\nsource_en = "a"\n'
CASES = [
    ('services = ["SUB-01"]', 'services = ["SUB-99"]', "precheck[1].services[1]", "unknown_service"),
    ('services = ["SUB-01"]', 'services = ["SUB-01", "SUB-01"]', "precheck[1].services[2]", "repeated"),
    ("closes = 2019-11-08", "closes = 2019-10-14", "precheck[1].closes", "too_early"),
    ('to = "group"', 'to = "groups"', "precheck[1].question[1].answers[2].to", "unknown_name"),
    ('to = "insurance" }', 'to = "household" }', "precheck[1].question[4].answers[1].to", "unknown_name"),
    ('to = "insurance" }', 'to = "exclusions" }', "precheck[1].question[4].answers[1].to", "unknown_name"),
    ('id = "conditions"', 'id = "group"', "precheck[1].question[3].id", "repeated"),
    ('id = "no-group"', 'id = "household"', "precheck[1].outcome[3].id", "repeated"),
    ('materials = ["id-or-residence", "social-card", "unemployment-certificate"]\n\n[[precheck.outcome]]',
     'materials = ["passport"]\n\n[[precheck.outcome]]', "precheck[1].outcome[1].materials[1]", "unknown_name"),
    ('kind = "elsewhere"', 'kind = "away"', "precheck[1].outcome[1].kind", "wrong_value"),
    ("year = 2019", 'year = "2019"', "precheck[1].year", "wrong_value"),
    ("opens = 2019-10-15", 'opens = "soon"', "precheck[1].opens", "wrong_value"),
]  # fmt: skip


def refused(halls: Halls) -> dict[str, str]:
    with pytest.raises(SettingsError) as error:
        load_catalogue(halls.catalogue)
    assert all(problem.text(language) for problem in error.value.problems for language in ("zh", "en"))
    assert all(problem.line > 1 for problem in error.value.problems)
    return {key_text(problem.path): problem.kind for problem in error.value.problems}


@pytest.mark.parametrize(("old", "new", "key", "kind"), CASES, ids=[f"{case[2]}-{case[3]}" for case in CASES])
def test_refuses(halls: Halls, old: str, new: str, key: str, kind: str) -> None:
    halls.change((old, new), file=halls.catalogue)
    assert refused(halls)[key] == kind


@pytest.mark.parametrize(
    ("id_", "code", "key"), [("subsidy-4050", "SUB-02", "precheck[2].id"), ("b", "SUB-01", "precheck[2].services[1]")]
)
def test_two_prechecks_of_one_name_or_service(halls: Halls, id_: str, code: str, key: str) -> None:
    halls.catalogue.write_text(halls.catalogue.read_text("utf-8") + AGAIN.format(id=id_, code=code), "utf-8")
    assert refused(halls) == {key: "repeated"}


def test_days_and_questions_may_be_left_out(halls: Halls) -> None:
    more = AGAIN.format(id="b", code="SUB-02")
    halls.catalogue.write_text(halls.catalogue.read_text("utf-8") + more, "utf-8")
    _, made = load_catalogue(halls.catalogue).precheck
    assert (made.opens, made.closes, made.question) == (None, None, ())


def test_the_facts_of_the_sample(halls: Halls) -> None:
    """As the guide of 2019 has them: who is served where, on which days, for how much."""
    (check,) = load_catalogue(halls.catalogue).precheck
    outcomes = {outcome.id: outcome for outcome in check.outcome}
    assert [answer.to for answer in check.question[0].answers] == [
        "office-household", "group", "office-residence", "look"
    ]  # fmt: skip
    assert (str(check.opens), str(check.closes), check.year) == ("2019-10-15", "2019-11-08", 2019)
    assert (outcomes["standard"].yuan_a_year, outcomes["pension-only"].yuan_a_year) == (5000, 3850)
    excluded = [answer for answer in check.question[3].answers if answer.to == "excluded"]
    assert len(excluded) == 9


PENSION = [
    ('"QRY-04"]\n\n[[pension.rule]]', '"QRY-99"]\n\n[[pension.rule]]', "pension.services[5]", "unknown_service"),
    ("year = 2030", "year = 2019", "pension.rule[2].year", "too_early"),
    ("rises = 6", "rises = -6", "pension.rule[2].rises", "wrong_value"),
]


@pytest.mark.parametrize(("old", "new", "key", "kind"), PENSION, ids=[case[2] for case in PENSION])
def test_pension_rules_refuse(halls: Halls, old: str, new: str, key: str, kind: str) -> None:
    halls.change((old, new), file=halls.catalogue)
    assert refused(halls)[key] == kind


def test_the_pension_may_be_left_out(halls: Halls) -> None:
    text = halls.catalogue.read_text("utf-8")
    halls.catalogue.write_text(text[: text.index("[pension]")], "utf-8")
    assert load_catalogue(halls.catalogue).pension is None
