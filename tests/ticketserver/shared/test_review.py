"""Advice about a hall: what works, but will disappoint."""

import pytest
from msgspec.structs import replace

from ticketserver.shared.places import Counter, Profile, Scope
from ticketserver.shared.review import Finding, groups, numbers_text, review_hall, together_at
from ticketserver.shared.settings import Settings


def with_counters(sample: Settings, wanted: range, **changes: object) -> Settings:
    counters = tuple(replace(counter, **changes) for counter in sample.counter if counter.number in wanted)
    return replace(sample, counter=counters)


def kinds(settings: Settings) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in review_hall(settings, settings.catalogue):
        found.setdefault(finding.kind, []).append(finding)
    return found


def test_names_counters_that_drown(sample: Settings) -> None:
    counters = tuple(counter for counter in sample.counter if counter.number not in (2, 3))
    (found,) = kinds(replace(sample, counter=counters))["overload"]
    assert found.details == {"counters": "1, 4-20", "load": "17.3", "desks": "18", "share": "90"}
    assert "1, 4-20 号窗口高峰时忙不过来" in found.text("zh")
    assert "work for 17.3 desks and there are 18" in found.text("en")


def test_names_services_that_hang_on_one_counter(sample: Settings) -> None:
    counters = tuple(counter for counter in sample.counter if counter.number not in (28, 29))
    found = kinds(replace(sample, counter=counters))["lone_counter"]
    assert len(found) == len([s for s in sample.catalogue.service if s.zone in (
        "public-body", "job-support", "start-up", "talent", "unemployment", "files"
    )])  # fmt: skip
    assert {"service": "ARC-07 办政审", "counter": "30"} in [finding.details for finding in found]
    assert "只有 30 号窗口能办 ARC-07 办政审" in " ".join(finding.text("zh") for finding in found)


def test_names_services_and_purposes_that_nobody_does(sample: Settings) -> None:
    found = kinds(with_counters(sample, range(1, 19)))["no_counter"]
    assert {"service": "反映问题"} in [finding.details for finding in found]
    assert {"service": "LAB-06 劳动仲裁"} in [finding.details for finding in found]
    assert len(found) == 58 + 1


def test_names_related_services_that_part(sample: Settings) -> None:
    profiles = tuple(replace(profile, together=Scope()) for profile in sample.profile)
    found = kinds(replace(sample, profile=profiles))["split_pair"]
    assert [tuple(finding.details.values()) for finding in found] == [
        ("EMP-07", "EMP-09"), ("INJ-01", "INJ-02"), ("INJ-06", "INJ-11"), ("PAY-02", "PAY-06"),
        ("PAY-06", "QRY-04"), ("PEN-01", "PEN-05"), ("PEN-02", "PEN-05"), ("PEN-12", "PEN-13"),
    ]  # fmt: skip


def two_desks(sample: Settings, first: Profile, second: Profile) -> Settings:
    counters = (
        Counter(number=1, zone="files", profile=first.id),
        Counter(number=2, zone="files", profile=second.id),
    )
    return replace(sample, profile=(first, second), counter=counters)


ARC, PAY = Scope(services=("ARC-01",)), Scope(services=("PAY-02",))


@pytest.mark.parametrize(
    ("profile", "numbers"),
    [
        (Profile(id="p", name_zh="p", name_en="p", primary=ARC), ""),
        (Profile(id="p", name_zh="p", name_en="p", primary=ARC, together=PAY), "1"),
        (Profile(id="p", name_zh="p", name_en="p", primary=PAY, together=ARC), "1"),
        (Profile(id="p", name_zh="p", name_en="p", primary=ARC, overflow=PAY), "1"),
        (Profile(id="p", name_zh="p", name_en="p", primary=Scope(zones=("files",)), overflow=ARC, together=PAY), ""),
    ],
)
def test_together_needs_a_primary_service_of_the_same_visit(sample: Settings, profile: Profile, numbers: str) -> None:
    other = Profile(id="q", name_zh="q", name_en="q", primary=PAY)
    hall = two_desks(sample, profile, other)
    assert numbers_text(together_at(hall, hall.catalogue, "ARC-01", "PAY-02")) == numbers


def test_a_group_carries_what_belongs_to_none_outside_it(sample: Settings) -> None:
    alone = Profile(id="p", name_zh="p", name_en="p", primary=PAY)
    both = Profile(id="q", name_zh="q", name_en="q", primary=PAY, overflow=ARC)
    hall = two_desks(sample, alone, both)
    arc, pay = 19 * 6 * 0.2 / 60, 110 * 5 * 0.2 / 60
    assert [(numbers_text(group.counters), pytest.approx(group.erlang)) for group in groups(hall, hall.catalogue)] == [
        ("1-2", arc + pay), ("2", arc),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("url", "advised"),
    [
        ("", False),
        ("https://hall.example.gov.cn", False),
        ("http://8.8.8.8:8080/x", False),
        ("http://127.0.0.1:8080", True),
        ("http://192.168.1.5", True),
        ("http://[::1]:8080", True),
        ("http://localhost:8080", True),
        ("http://server.local", True),
        ("http://hall-server", True),
    ],
)
def test_warns_of_an_address_that_phones_cannot_reach(sample: Settings, url: str, advised: bool) -> None:
    settings = replace(sample, hall=replace(sample.hall, public_url=url))
    assert [finding.details for finding in review_hall(settings, settings.catalogue)] == [{"url": url}] * advised
