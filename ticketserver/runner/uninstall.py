"""Take the programs, their units and the `yihao` command off this machine.

What the hall has (numbers, tokens, settings) stays, and so does the user that owns it. Standard library only: it takes
away the environment too.
"""

from __future__ import annotations

import os
import shutil
import sys

from ticketserver.runner.machine import USER, Machine
from ticketserver.runner.say import Stop, both, fail, run_logged, text


def uninstall(machine: Machine) -> str:
    """→ what the person is told. Raises `Stop` where systemd does not let go of a unit."""
    units = machine.our_units()
    parts = [machine.program, machine.command, machine.rules, machine.screen_rules]
    if not units and not any(part.exists() for part in parts):
        return both("uninstall.nothing", data=machine.data, settings=machine.settings)
    # The sentences go with the programs.
    done = both("uninstall.done", data=machine.data, settings=machine.settings, user=USER)
    if units:
        # The instances of a template are named one by one.
        names = [role.unit for role in machine.roles()] + [unit.name for unit in units if "@" not in unit.name]
        argv = ["systemctl", "disable", *(["--now"] if machine.systemd_runs else []), *sorted(set(names))]
        run_logged(text("uninstall.units"), argv, machine.logs / "systemctl.log")
    for part in (*units, *parts):
        if part.is_dir():
            shutil.rmtree(part)
        else:
            part.unlink(missing_ok=True)
    return done


def main() -> int:
    try:
        if os.geteuid() != 0:
            raise Stop(both("sh.not_root"))
        print(uninstall(Machine()), flush=True)
    except Stop as problem:
        return fail(problem)
    return 0


if __name__ == "__main__":
    sys.exit(main())
