"""The single steps of an installation. Each looks first at what is there, so that a second run changes nothing; files
are replaced whole. Standard library only."""

from __future__ import annotations

import hashlib
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from ticketserver.runner.machine import EXTRAS, FILES, GROUPS, HERE, UNITS, USER, Machine, Role, Source
from ticketserver.runner.paths import ROOT
from ticketserver.runner.say import TEXTS, Stop, both, run_logged, say, text

MADE = "made"
"""Written last into an environment: without it one is half made."""

SCREEN_UNIT = "yihao-screen.service"
SAMPLE = ROOT / "ticketserver/shared/sample"
SENTENCE = re.compile(r"@(sh\.[a-z_.]+)@")


def venv_name(source: Source, extras: Iterable[str]) -> str:
    """`venv-` and a digest of everything an environment follows from."""
    digest = hashlib.sha256("\0".join((*sorted(extras), sys.version)).encode())
    for path in source.made_of():
        digest.update(f"\0{path.relative_to(source.folder)}\0".encode())
        digest.update(path.read_bytes())
    return f"venv-{digest.hexdigest()[:12]}"


def make_venv(machine: Machine, source: Source, roles: Sequence[Role]) -> Path:
    """The environment for the roles, beside the one in use. Raises `Stop` where venv or pip fails."""
    if machine.venv.exists() and not machine.venv.is_symlink():
        raise Stop(both("install.not_ours", folder=machine.program))
    extras = sorted({EXTRAS[role.name] for role in roles})
    venv = machine.program / venv_name(source, extras)
    if (venv / MADE).exists():
        say("install.current")
        return venv
    make = [sys.executable, "-m", "venv", "--clear", str(venv)]
    run_logged(text("environment.make"), make, machine.logs / "venv.log")
    argv = [str(venv / "bin/python"), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    argv += ["--progress-bar", "off", *source.pip_options(), "--constraint", str(source.constraints)]
    log = machine.logs / "pip.log"
    run_logged(text("install.programs", extras=", ".join(extras)), [*argv, source.requirement(extras)], log)
    (venv / MADE).touch()
    return venv


def use_venv(machine: Machine, venv: Path) -> None:
    """Point `.venv` to it; programs that run go on with the files they hold until they are started again."""
    beside = machine.program / ".venv.new"
    beside.unlink(missing_ok=True)
    beside.symlink_to(venv.name)
    beside.replace(machine.venv)


def remove_other_venvs(machine: Machine, venv: Path) -> None:
    for other in machine.program.glob("venv-*"):
        if other != venv:
            shutil.rmtree(other)


def copy_settings(machine: Machine, source: Source) -> None:
    """Settings to begin with, where the machine has no hall.toml; what is there stays as it is."""
    if machine.hall.exists():
        say("install.settings_kept", file=machine.hall)
        return
    machine.settings.mkdir(parents=True, exist_ok=True)
    for file in sorted(source.hall.iterdir()):
        # hall.toml last: only with it are they complete.
        if file.name != "hall.toml" and not (machine.settings / file.name).exists():
            shutil.copyfile(file, machine.settings / file.name)
    shutil.copyfile(source.hall / "hall.toml", machine.hall)
    say("install.settings_new", file=machine.hall)


def copy_data(machine: Machine, source: Source) -> None:
    """Fonts and clips that came along, where they are not there yet."""
    machine.data.mkdir(parents=True, exist_ok=True, mode=0o750)
    if source.data.is_dir():
        for file in sorted(path for path in source.data.rglob("*") if path.is_file()):
            goal = machine.data / file.relative_to(source.data)
            if not goal.exists():
                goal.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, goal)


def make_user(machine: Machine) -> None:
    """The user that all programs run as, in the groups of the devices; the groups that this Debian knows."""
    if called("getent", "passwd", USER):
        known = [group for group in GROUPS if called("getent", "group", group)]
        argv = ["usermod", "--append", "--groups", ",".join(known), USER]
    else:
        argv = ["useradd", "--system", "--user-group", "--home-dir", str(machine.data), "--shell", "/usr/sbin/nologin"]
        known = [group for group in GROUPS if called("getent", "group", group)]
        argv += ["--groups", ",".join(known), USER]
    run_logged(text("install.user"), argv, machine.logs / "user.log")


def own_data(machine: Machine) -> None:
    """The data folder and what lies in it belong to the user, also after a copy by root."""
    argv = ["chown", "-R", f"{USER}:{USER}", str(machine.data)]
    run_logged(text("install.data", folder=machine.data), argv, machine.logs / "user.log")
    machine.data.chmod(0o750)


def put_files(machine: Machine, source: Source) -> None:
    """Units, the `yihao` command, device rules, handbook, and what takes it all away again."""
    for unit in sorted(UNITS.glob("*.service")):
        replace(machine.units / unit.name, unit.read_text("utf-8"))
    replace(machine.command, filled("yihao"), 0o755)
    replace(machine.rules, (FILES / "60-yihao.rules").read_text("utf-8"))
    replace(machine.program / "uninstall.sh", filled("uninstall.sh"), 0o755)
    copy_tree(source.docs, machine.program / "docs/operating")
    copy_tree(SAMPLE, machine.program / "sample")
    copy_installer(machine.program / "installer")


def copy_installer(goal: Path) -> None:
    """This package, the texts it says and the sample hall, enough to run by a machine's own Python."""
    copy_tree(HERE, goal / "ticketserver/runner")
    copy_tree(TEXTS, goal / "ticketserver/shared/texts")
    copy_tree(SAMPLE, goal / "ticketserver/shared/sample")
    shutil.copyfile(ROOT / "ticketserver/__init__.py", goal / "ticketserver/__init__.py")


def enable(machine: Machine, roles: Sequence[Role]) -> None:
    """The units begin with the machine; where systemd runs, they begin now, with the new programs."""
    units = [role.unit for role in roles] + [SCREEN_UNIT] * machine.needs_screen(roles)
    run_logged(text("install.units"), ["systemctl", "enable", *units], machine.logs / "systemctl.log")
    if machine.systemd_runs:
        for argv in (["systemctl", "daemon-reload"], ["systemctl", "restart", *units]):
            run_logged(text("install.starting"), argv, machine.logs / "systemctl.log")


def filled(name: str, **more: str) -> str:
    """A script of ours with its sentences in place: `@sh.damaged@` becomes a quoted word of the shell, in both
    languages; further marks are replaced by what is given."""
    written = SENTENCE.sub(lambda mark: shlex.quote(both(mark[1])), (FILES / name).read_text("utf-8"))
    for mark, value in more.items():
        written = written.replace(f"@{mark}@", value)
    return written


def replace(file: Path, content: str, mode: int = 0o644) -> None:
    """Whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(content, "utf-8")
    beside.chmod(mode)
    beside.replace(file)


def copy_tree(folder: Path, goal: Path) -> None:
    """`goal` becomes what `folder` is, without what Python leaves beside its files."""
    if goal.exists():
        shutil.rmtree(goal)
    shutil.copytree(folder, goal, ignore=shutil.ignore_patterns("__pycache__"), copy_function=shutil.copyfile)


def called(*argv: str) -> bool:
    """Whether a command says yes."""
    return subprocess.run(argv, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
