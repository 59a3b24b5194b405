"""A bare Debian in a folder, without any network: commands run in it, and booted as a machine boots.

`systemd-nspawn` gives it a process tree, a network of its own with nothing but `lo`, and systemd as its first process.
A command in the booted machine enters its namespaces.
"""

import contextlib
import os
import platform
import shutil
import signal
import subprocess
import time
from pathlib import Path

WAIT_S = 90.0
LOOK_S = 0.25
NSPAWN = ("systemd-nspawn", "--quiet", "--private-network", "--register=no", "--keep-unit", "--as-pid2")
TOOLS = ("debootstrap", "systemd-nspawn", "nsenter", "xdotool")


class Failed(Exception):
    """The proof did not come out."""


def until(told, what, wait_s=WAIT_S):
    """The first true answer; looks again and again, and fails saying what never came."""
    deadline = time.monotonic() + wait_s
    while True:
        answer = told()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise Failed(f"within {wait_s:.0f} s: {what}")
        time.sleep(LOOK_S)


def mirror() -> str:
    """Where this machine's own Debian comes from."""
    asked = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME) $(COMPONENT)"],
                           capture_output=True, text=True, check=True)  # fmt: skip
    suite = platform.freedesktop_os_release()["VERSION_CODENAME"]
    for line in asked.stdout.splitlines():
        uri, codename, component = line.split()
        if codename == suite and component == "main":
            return uri
    raise Failed(f"no source of {suite} main among this machine's")


class Machine:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.booted: subprocess.Popen[bytes] | None = None
        self.log = folder.parent / f"{folder.name}.boot.log"

    def debootstrap(self, suite: str) -> None:
        """A bare Debian and nothing else."""
        log = self.folder.parent / "debootstrap.log"
        with log.open("wb") as out:
            done = subprocess.run(["debootstrap", suite, str(self.folder), mirror()], stdout=out, stderr=out)
        if done.returncode:
            raise Failed(f"debootstrap ended with {done.returncode}: {log.read_text('utf-8', 'replace')[-2000:]}")

    def path(self, inside: str) -> Path:
        return self.folder / inside.lstrip("/")

    def run(self, *argv: str) -> subprocess.CompletedProcess[str]:
        """A command in the machine that is not booted; both outputs together."""
        done = subprocess.run(
            [*NSPAWN, "-D", str(self.folder), "--pipe", "--", *argv], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        # What nspawn itself says where the host has no systemd.
        lines = [line for line in done.stdout.splitlines(keepends=True) if not line.startswith("Attempted to remove")]
        done.stdout = "".join(lines)
        return done

    def boot(self) -> float:
        """→ seconds until systemd calls the machine up, whatever failed."""
        began = time.monotonic()
        argv = [arg for arg in NSPAWN if arg != "--as-pid2"]
        with self.log.open("wb") as out:
            self.booted = subprocess.Popen([*argv, "-D", str(self.folder), "--boot"], stdin=subprocess.DEVNULL,
                                           stdout=out, stderr=out, start_new_session=True)  # fmt: skip
        until(self.leader, "systemd begins")
        states = ("running", "degraded")
        until(lambda: self.do("systemctl", "is-system-running").stdout.strip() in states, "the machine is up")
        return time.monotonic() - began

    def leader(self) -> int:
        """The process that is the machine's first, 0 = not there yet."""
        assert self.booted is not None
        place = Path(f"/proc/{self.booted.pid}/task/{self.booted.pid}/children")
        if self.booted.poll() is not None:
            raise Failed(f"the machine ended: {self.log.read_text('utf-8', 'replace')[-2000:]}")
        for child in place.read_text("ascii").split():
            with contextlib.suppress(OSError):
                if Path(f"/proc/{child}/comm").read_text("ascii").strip() == "systemd":
                    return int(child)
        return 0

    def inside(self, *argv: str) -> list[str]:
        enter = ["nsenter", "-t", str(self.leader()), "-m", "-u", "-i", "-n", "-p", "-r", "-w"]
        return [*enter, "env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "LANG=C.UTF-8", *argv]

    def do(self, *argv: str) -> subprocess.CompletedProcess[str]:
        """A command in the booted machine, as root."""
        return subprocess.run(self.inside(*argv), capture_output=True, text=True, check=False, encoding="utf-8")

    def must(self, *argv: str) -> str:
        """The same; what it printed. Raises Failed."""
        done = self.do(*argv)
        if done.returncode:
            raise Failed(f"{' '.join(argv)} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def cut_power(self) -> None:
        """Everything in it ends at once, with no time to say anything."""
        os.kill(self.leader(), signal.SIGKILL)
        assert self.booted is not None
        self.booted.wait(WAIT_S)
        self.booted = None

    def close(self) -> None:
        if self.booted is not None and self.booted.poll() is None:
            self.cut_power()
        shutil.rmtree(self.folder, ignore_errors=True)
