"""The search of the pages: the kiosk's own, over services, purposes and situations."""

import pytest

from tests.kiosk.search.measure import HALVES, queries, sample_hall
from tests.ticketserver.server.servers import Refused, running, settings_in
from ticketserver.search.index import Index
from ticketserver.server.finding import Finder


@pytest.fixture(scope="module")
def finder(tmp_path_factory):
    return Finder(settings_in(tmp_path_factory.mktemp("hall")))


@pytest.mark.parametrize(
    ("typed", "first"),
    [("sbkgs", "CRD-04"), ("存档案", "ARC-01"), ("inj-02", "INJ-02"), ("Deposit my", "ARC-01"), ("zixun", "enquiry"),
     ("取结果", "collect")],
)  # fmt: skip
def test_services_and_purposes_by_what_is_typed(finder, typed, first):
    found = finder.find(typed)
    assert (found.services[0], found.near) == (first, False)


def test_a_word_that_means_several_asks_back(finder):
    found = finder.find("社保卡")
    assert found.several == "社保卡"
    assert len(found.services) > 1


def test_a_situation_is_named_by_its_name_and_never_by_a_single_letter(finder):
    assert finder.find("tuixiu").situations == ("retiring",)
    assert finder.find("t").situations == ()


def test_what_only_comes_near_is_said_to(finder):
    found = finder.find("shebaokaguahsi")
    assert (found.services, found.near, found.situations) == (["CRD-04"], True, ())


def test_nothing_is_nothing(finder):
    found = finder.find("!!")
    assert (found.services, found.near, found.several) == ([], False, "")


@pytest.mark.parametrize("half", HALVES)
def test_what_people_say_is_found_among_the_first_three_as_at_the_kiosk(finder, half):
    index = Index(sample_hall().services.values())
    for said, right in queries(half).items():
        kiosk = {hit.code for hit in index.find(said)[:3]}
        page = set(finder.find(said).services[:3])
        assert page & set(right) or not kiosk & set(right), said


async def test_staff_may_ask_and_a_kiosk_has_its_own(tmp_path):
    async with running(settings_in(tmp_path)) as hall:
        for role in ("guide", "clerk", "supervisor"):
            async with hall.talk(role) as talk:
                assert (await talk.call("find_services", text="sbkgs"))["services"] == ["CRD-04"]
        async with hall.talk("kiosk", "kiosk1") as kiosk:
            with pytest.raises(Refused) as refused:
                await kiosk.call("find_services", text="sbkgs")
            assert refused.value.code == "not_allowed"


async def test_guidance_names_the_situations_and_what_is_asked_first(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("guide") as guide:
        guidance = await guide.call("get_guidance")
    situation = next(each for each in guidance["situations"] if each["situation"] == "retiring")
    assert situation["name_zh"] == "要退休了"
    assert "PEN-01" in situation["services"]


def test_once_ready_nobody_waits_for_the_indexes(tmp_path):
    finder = Finder(settings_in(tmp_path))
    finder.get_ready()
    assert vars(finder).keys() >= {"_services", "_situations"}
