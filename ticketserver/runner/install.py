"""Set up or upgrade this machine for its roles: programs, user, settings, fonts and clips, units.

    python3 -m ticketserver.runner.install [--bundle FOLDER] ROLE=kiosk ID=kiosk1
    python3 -m ticketserver.runner.install [--bundle FOLDER] ROLE=server,bridge,display@display1

Without a bundle it installs from the checkout it lies in, by internet. A machine keeps the roles it has and gains those
asked for. A new environment is made beside the old one, tried on the hall's settings and only then put in its place, so
whatever fails leaves the machine as it was. Settings and data are never overwritten. Standard library only.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from ticketserver.runner import debian
from ticketserver.runner.bootstrap import NEWEST, OLDEST
from ticketserver.runner.install_steps import (
    copy_data,
    copy_settings,
    enable,
    make_user,
    make_venv,
    own_data,
    put_files,
    remove_other_venvs,
    replace,
    use_venv,
)
from ticketserver.runner.install_words import Misused, check_ids, roles_of, words_of
from ticketserver.runner.machine import FILES, Machine, Role, Source
from ticketserver.runner.paths import ROOT
from ticketserver.runner.say import Stop, both, fail, run_logged, say, text

USAGE = 2


def try_settings(machine: Machine, venv: Path) -> None:
    """Raise `Stop` where the new programs do not take the hall's settings; the old ones then still run."""
    argv = [str(venv / "bin/python"), "-m", "ticketserver", "check", str(machine.hall)]
    asked = subprocess.run(argv, cwd=machine.settings, capture_output=True, text=True, check=False)
    if asked.returncode:
        raise Stop(both("install.settings", file=machine.hall, said=asked.stderr.strip()))


def make_clips(machine: Machine) -> None:
    """The clips of this hall's own zones, unless those that came along are what it needs."""
    argv = ["runuser", "-u", "yihao", "--", str(machine.python), "-m", "display", "make-clips", "--config"]
    # In the data folder, where relative paths of hall.toml begin.
    shell = ["sh", "-c", 'cd "$0" && exec "$@"', str(machine.data), *argv, str(machine.hall)]
    run_logged(text("assets.clips"), shell, machine.logs / "clips.log")


def install(machine: Machine, source: Source, asked: Sequence[Role]) -> None:
    """Raises `Stop` where a step fails, `Misused` for a kiosk or display that the hall does not have."""
    check_ids(asked, machine.hall if machine.hall.exists() else source.hall / "hall.toml")
    before = machine.roles()
    roles = sorted({*before, *asked})
    install_packages(machine, source, debian.for_roles(machine.kinds(roles)))
    copy_settings(machine, source)
    venv = make_venv(machine, source, roles)
    try_settings(machine, venv)
    make_user(machine)
    use_venv(machine, venv)
    put_files(machine, source)
    if machine.needs_screen(roles):
        replace(machine.screen_rules, (FILES / "60-yihao.conf").read_text("utf-8"))
    copy_data(machine, source)
    own_data(machine)
    if any(role.name == "display" for role in roles):
        make_clips(machine)
    enable(machine, roles)
    remove_other_venvs(machine, venv)
    tell(machine, asked, again=bool(before))


def install_packages(machine: Machine, source: Source, names: list[str]) -> None:
    if not source.bundle:
        debian.install_named(names, machine.logs)
    elif lacking := debian.missing(names):
        title = text("debian.install", names=", ".join(lacking))
        run_logged(title, ["sh", str(source.folder / "debs/apt.sh"), *lacking], machine.logs / "apt-install.log")


def tell(machine: Machine, roles: Sequence[Role], again: bool) -> None:
    """What was done, and what the person does next, in both languages."""
    said = [both("install.upgraded" if again else "install.installed", units=" ".join(r.unit for r in roles))]
    said.append(both("install.next_settings", file=machine.hall))
    if "server" in {role.name for role in machine.roles()}:
        said.append(both("install.next_server", tokens=machine.tokens))
    else:
        names = dict.fromkeys(role.name for role in roles)
        said += [both("install.next_token", role=name, file=machine.tokens / name) for name in names]
    if machine.has_desktop and any(role.name in debian.WINDOWS for role in roles):
        said.append(both("install.next_desktop"))
    if not machine.systemd_runs:
        said.append(both("install.next_start"))
    said.append(both("install.next_check"))
    print("\n" + "\n\n".join(said), flush=True)


def main(arguments: list[str]) -> int:
    source = Source(ROOT, bundle=False)
    # It leads to this package alone, and the programs that are started below must find the installed ones.
    os.environ.pop("PYTHONPATH", None)
    if arguments[:1] == ["--bundle"]:
        source, arguments = Source(Path(arguments[1]), bundle=True), arguments[2:]
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        print(both("install.python", version=sys.version.split()[0]), file=sys.stderr)
        return 1
    try:
        roles = roles_of(words_of(arguments))
        if os.geteuid() != 0:
            raise Stop(both("sh.not_root"))
        # Only root may read what the logs say of the machine; everybody may run what is installed.
        os.umask(0o022)
        install(Machine(), source, roles)
    except Misused as problem:
        print(problem, file=sys.stderr)
        return USAGE
    except Stop as problem:
        return fail(problem)
    except KeyboardInterrupt:
        say("interrupted")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
