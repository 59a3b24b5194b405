"""catalogue.toml: every rule that refuses a file, each seen on the sample catalogue with one thing changed."""

import pytest

from tests.ticketserver.shared.halls import Halls
from ticketserver.shared.catalogue import load_catalogue, tuple_of
from ticketserver.shared.problems import SettingsError, key_text

ELEVEN = "存档案存档案存档案存档"

CASES = [
    ('"PAY-02", "REG-06"', '"PAY-02", "REG-60"', "tile[1].services[2]", "unknown_service", '"REG-60"'),
    ('id = "social-card"', 'id = "own-insurance" # again', "tile[2].id", "repeated", "# again"),
    ('id = "new-job"', 'id = "retiring" # again', "situation[2].id", "repeated", "# again"),
    ('"PEN-05", "PEN-01", "PEN-02", "GOV-02", "RES-01"', '"PEN-50"', "situation[1].services[1]", "unknown_service",
     '"PEN-50"'),
    ('id = "REG"', 'id = "PAY"', "category[2].id", "repeated", 'id = "PAY"\nname_zh = "参保缴费"'),
    ('zone = "labour"', 'zone = "labor"', "service[63].zone", "unknown_name", '"labor"'),
    ('related = ["EMP-03", "REG-04"]', 'related = ["EMP-30"]', "service[1].related[1]", "unknown_service", '"EMP-30"'),
    ('materials = ["business', 'materials = ["busyness', "service[1].materials[1]", "unknown_name", '["busyness'),
    ("minutes_p90 = 22", "minutes_p90 = 2", "service[1].minutes_p90", "p90_below", "minutes_p90 = 2"),
    ('related = ["PEN-09"]', 'related = ["PEN-11"]', "service[42].related", "related_to_itself", '["PEN-11"]'),
    ('plain_zh = "自己交社保"', 'plain_zh = "公司加人参保" # again', "service[14].plain_zh", "repeated", "# again"),
    ('"存档案"\nplain_en', '"' + ELEVEN + '"\nplain_en', "service[115].plain_zh", "wrong_value", ELEVEN),
    ('code = "ARC-09"', 'code = "ARC-9"', "service[123].code", "wrong_value", '"ARC-9"'),
    ('handling = "instant"', 'handling = "at once"', "service[1].handling", "wrong_value", '"at once"'),
    ("minutes = 12\n", "minutes = 0\n", "service[1].minutes", "wrong_value", "minutes = 0"),
]


@pytest.mark.parametrize(("old", "new", "key", "kind", "where"), CASES, ids=[f"{case[2]}-{case[3]}" for case in CASES])
def test_refuses(halls: Halls, old: str, new: str, key: str, kind: str, where: str) -> None:
    halls.change((old, new), file=halls.catalogue)
    with pytest.raises(SettingsError) as error:
        load_catalogue(halls.catalogue)
    found = [problem for problem in error.value.problems if key_text(problem.path) == key]
    assert [problem.kind for problem in found] == [kind]
    assert (found[0].file, found[0].line) == (str(halls.catalogue), halls.line(where, halls.catalogue))
    assert all(problem.text(language) for problem in error.value.problems for language in ("zh", "en"))


def test_pairs_are_in_order() -> None:
    assert tuple_of("B", "A") == tuple_of("A", "B") == ("A", "B")
