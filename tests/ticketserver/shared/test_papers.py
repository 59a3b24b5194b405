"""Papers of the catalogue in words."""

from ticketserver.shared.catalogue import Material
from ticketserver.shared.papers import paper_said

LICENCE = Material(id="licence", zh="营业执照", en="Business licence", on_record=True)
CARD = Material(id="id-card", zh="身份证", en="ID card")


def test_what_records_may_stand_in_for_says_so() -> None:
    assert paper_said(LICENCE, "zh") == "营业执照(能联网查到可不带)"
    assert paper_said(LICENCE, "en") == "Business licence (not needed if found on record)"
    assert (paper_said(CARD, "zh"), paper_said(CARD, "en")) == ("身份证", "ID card")
