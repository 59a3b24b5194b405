"""Links of devices to be tested: who has one already, why one cannot be opened.

A test opens a device only when nobody has it: no program at work that reports the device to the server, here or on
another machine, and no process of this machine that has it open. What the server or the system knows is the finding
then.
"""

import errno
import os
from collections.abc import Callable, Mapping
from typing import Final

from hardware.check.parts import Ask, Finding, Mark, Word, note, reason, wrong
from hardware.transports.holders import holder_of
from hardware.transports.link import Link, LinkDown
from ticketserver.core.terms import DeviceHealth
from ticketserver.wire.views_hall import DeviceView

NOT_CONNECTED: Final = "not_connected"
LINK_FAULTS: Final = {
    errno.ENOENT: "link.absent", errno.ENODEV: "link.absent", errno.ENXIO: "link.absent",
    errno.EACCES: "link.forbidden", errno.EPERM: "link.forbidden",
    errno.EAGAIN: "link.busy", errno.EBUSY: "link.busy",
}  # fmt: skip
HEALTH_MARKS: Final = {
    DeviceHealth.ONLINE: Mark.WELL, DeviceHealth.DEGRADED: Mark.NOTE, DeviceHealth.OFFLINE: Mark.WRONG
}  # fmt: skip


class Opener:
    """Opens links for drivers and remembers, by address, why that failed last."""

    def __init__(self, open_link: Callable[[str], Link]) -> None:
        self._open_link = open_link
        self.problems: dict[str, LinkDown] = {}

    def __call__(self, address: str) -> Link:
        try:
            link = self._open_link(address)
        except LinkDown as error:
            self.problems[address] = error
            raise
        self.problems.pop(address, None)
        return link


def no_link(device: str, link: str, problem: LinkDown) -> Finding:
    """Why a link cannot be opened, and what to do about that."""
    number = _system_error(problem)
    if code := LINK_FAULTS.get(number):
        return wrong(device, code, link=link)
    return wrong(device, "link.down", link=link, problem=os.strerror(number) if number else problem)


def _system_error(problem: BaseException) -> int:
    """The number of the system's error behind a broken link, 0 where there is none."""
    cause: BaseException | None = problem
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno:
            return cause.errno
        cause = cause.__cause__ or cause.__context__
    return 0


def in_use(ask: Ask, link: str, devices: tuple[str, ...]) -> list[Finding]:
    """What is known of devices that somebody has; empty when they are free to be tested."""
    try:
        holder = holder_of(link) if link else None
    except LinkDown:
        holder = None
    by = {"program": holder.command, "pid": holder.pid} if holder else {}
    known = [view for each in devices if (view := ask.known.get(each)) and view.reason != NOT_CONNECTED]
    found = [_reported(view, by) for view in known]
    if by:
        unknown = [each for each in devices if each not in {view.device for view in known}]
        found += [note(each, "in_use.unknown", **by) for each in unknown]
    return found


def _reported(view: DeviceView, by: Mapping[str, object]) -> Finding:
    health = Word(f"terms.device_health.{view.health.value}")
    values: dict[str, object] = {"kind": Word(f"terms.device_kind.{view.kind}"), "health": health, **by}
    code = "in_use.here" if by else "in_use.elsewhere"
    if view.reason:
        return Finding(view.device, HEALTH_MARKS[view.health], f"{code}_why", {**values, "why": reason(view.reason)})
    return Finding(view.device, HEALTH_MARKS[view.health], code, values)
