"""The proof of the bundle: a bare Debian without a network becomes a hall, and somebody is called.

    sudo python -m tests.bundle [--archive build/yihao-….tar] [--keep]

It makes the bundle and a bare Debian (debootstrap), and in that, cut off from every network: finds a damaged copy out,
installs all four roles, installs again, boots with systemd, powers the programs on in every order, takes a number with
a finger on the kiosk's screen, calls it with a call box, cuts the power, reads the roster, uninstalls. What is not real
is the hardware: Xorg draws on its dummy device, printer and boxes are the virtual ones of the product.

Needs root, debootstrap, systemd-container, xdotool, a Debian mirror, and some minutes. No part of make test.
"""

import argparse
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image, ImageGrab

from tests.bundle.machine import TOOLS, Failed, Machine, until
from ticketserver.runner.paths import BUILD, PYTHON, ROOT

ROLES = "ROLE=server,kiosk@kiosk1,display@display1,bridge"
UNITS = ("yihao-server", "yihao-bridge", "yihao-kiosk@kiosk1", "yihao-display@display1")
STICK = "/media/a stick"
XORG = """
Section "Device"
  Identifier "none"
  Driver "dummy"
  VideoRam 65536
EndSection
Section "Monitor"
  Identifier "panel"
  HorizSync 5-1000
  VertRefresh 5-200
  Modeline "1080x1920" 155 1080 1130 1240 1400 1920 1930 1940 1960
  Modeline "1920x1080" 148.5 1920 2008 2052 2200 1080 1084 1089 1125
EndSection
Section "Screen"
  Identifier "screen"
  Device "none"
  Monitor "panel"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "{mode}"
  EndSubSection
EndSection
"""
FIRST_SCREEN = 190
PLACES = {"存档案": (277, 1327), "first row": (540, 468), "chosen": (896, 1688), "take": (540, 1680)}
"""Places on buttons of the kiosk's window, as the story's person touches them."""


def told(line: str, began: float | None = None) -> None:
    took = f"  ({time.monotonic() - began:.1f} s)" if began is not None else ""
    print(f"· {line}{took}", flush=True)


def make_bundle(archive: Path | None) -> Path:
    if archive is not None:
        return archive.resolve()
    began = time.monotonic()
    subprocess.run([str(PYTHON), "-m", "ticketserver.runner.bundle"], cwd=ROOT, check=True)
    made = max(BUILD.glob("yihao-*.tar"), key=lambda path: path.stat().st_mtime)
    told(f"bundle {made.name}: {made.stat().st_size / 1e6:.0f} MB", began)
    return made


class Proof:
    def __init__(self, work: Path, archive: Path) -> None:
        self.archive = archive
        self.machine = Machine(work / "machine")
        self.pictures = BUILD / "bundle-proof"
        self.unpacked = f"{STICK}/{archive.name.removesuffix('.tar')}"

    def everything(self) -> None:
        self.bare_debian()
        self.damaged_copy()
        self.installed()
        self.settings()
        self.graphics()
        self.first_boot()
        self.every_order()
        number = self.number_and_call()
        self.power_cut(number)
        self.removed()

    def bare_debian(self) -> None:
        began = time.monotonic()
        self.machine.debootstrap("bookworm")
        told("bare Debian", began)
        here = self.machine.path(STICK)
        here.mkdir(parents=True)
        shutil.copyfile(self.archive, here / self.archive.name)
        began = time.monotonic()
        self.expect("tar", "xf", f"{STICK}/{self.archive.name}", "-C", STICK)
        told("unpacked from the stick", began)
        asked = "ip -brief addr; ip route; getent hosts debian.org || echo no name found"
        network = self.machine.run("sh", "-c", asked)
        told(f"its network: {' / '.join(network.stdout.splitlines())}")
        assert "no name found" in network.stdout, network.stdout

    def damaged_copy(self) -> None:
        victim = next(self.machine.path(f"{self.unpacked}/wheels").glob("websockets*.whl"))
        sound = victim.read_bytes()
        victim.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
        refused = self.install(ROLES)
        assert refused.returncode == 1, refused.stdout
        assert victim.name in refused.stdout, refused.stdout
        assert not self.machine.path("/opt/yihao").exists()
        victim.write_bytes(sound)
        told(f"one bit of {victim.name} changed: refused, nothing installed")

    def install(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.machine.run("sh", f"{self.unpacked}/install.sh", *words)

    def installed(self) -> None:
        began = time.monotonic()
        done = self.install(ROLES)
        if done.returncode:
            raise Failed(done.stdout)
        told("installed all four roles", began)
        print("".join(f"    | {line}\n" for line in done.stdout.splitlines()), end="")
        began = time.monotonic()
        again = self.install("ROLE=kiosk", "ID=kiosk1")
        if again.returncode:
            raise Failed(again.stdout)
        told("installed again: settings kept", began)
        size = subprocess.run(["du", "-sm", str(self.machine.path("/opt/yihao"))], capture_output=True, text=True)
        told(f"programs take {size.stdout.split()[0]} MB")

    def settings(self) -> None:
        """What the bureau's people edit: open all day for this proof, windows that fill their screens."""
        hall = self.machine.path("/etc/yihao/hall.toml")
        text = hall.read_text("utf-8").replace("fullscreen = false\n", "")
        hall.write_text(text.replace("[calendar]\n", "[calendar]\nalways_open = true\n", 1), "utf-8")
        told(self.expect("yihao", "check").strip().splitlines()[-1])

    def graphics(self) -> None:
        """Xorg's dummy device in the place of a graphics card and of the console, one for each window."""
        subprocess.run(["apt-get", "-q", "download", "xserver-xorg-video-dummy"], cwd=self.machine.path("/var/cache"),
                       check=True, capture_output=True)  # fmt: skip
        self.expect("sh", "-c", "dpkg -i /var/cache/xserver-xorg-video-dummy*.deb")
        for number, mode in ((0, "1080x1920"), (1, "1920x1080")):
            self.machine.path(f"/etc/proof{number}.conf").write_text(XORG.format(mode=mode))
        units = self.machine.path("/etc/systemd/system")
        line = "ExecStart=/usr/bin/Xorg :{0} -seat proof{0} -config /etc/proof{0}.conf -nolisten tcp -noreset -nocursor"
        screen = units / "yihao-screen.service"
        (units / "yihao-screen.service.d").mkdir()
        (units / "yihao-screen.service.d/proof.conf").write_text("[Service]\nExecStart=\n" + line.format(0) + "\n")
        second = "\n".join(each for each in screen.read_text().splitlines() if not each.startswith("ExecStart"))
        second = second.replace("[Service]", "[Service]\n" + line.format(1))
        (units / "proof-screen2.service").write_text(second)
        (units / "yihao-display@display1.service.d").mkdir()
        environment = "[Service]\nEnvironment=DISPLAY=:1\n"
        (units / "yihao-display@display1.service.d/proof.conf").write_text(environment)
        sim = "/opt/yihao/.venv/bin/python -m hardware sim"
        for name, words in (
            ("printer1", "printer --link run/dev/printer1 --control run/dev/printer1.ctl --slips run/slips"),
            ("bus1", "box --protocol ub485 --link run/dev/bus1 --control run/dev/bus1.ctl --address 33 --address 34"),
        ):
            service = f"User=yihao\nWorkingDirectory=/var/lib/yihao\nExecStart={sim} {words}\nRestart=always"
            (units / f"proof-{name}.service").write_text(
                f"[Service]\n{service}\n[Install]\nWantedBy=multi-user.target\n"
            )
        self.expect("systemctl", "enable", "proof-screen2", "proof-printer1", "proof-bus1")
        shutil.copyfile(Path(__file__).with_name("inside.py"), self.machine.path("/opt/inside.py"))

    def first_boot(self) -> None:
        told(f"booted with systemd in {self.machine.boot():.1f} s")
        began = time.monotonic()
        until(self.all_there, "every program and device is online")
        told("server, bridge, kiosk, display, printer and boxes have found each other", began)
        failed = self.machine.do("systemctl", "--failed", "--no-legend", "--plain").stdout
        assert "yihao" not in failed, failed
        processes = self.machine.must("ps", "-eo", "user:12,args")
        ours = [line for line in processes.splitlines() if "/opt/yihao" in line or "Xorg" in line]
        print("".join(f"    | {line[:110]}\n" for line in ours), end="")

    def devices(self) -> dict[str, str]:
        done = self.machine.do("/opt/yihao/.venv/bin/python", "/opt/inside.py", "devices")
        if done.returncode:
            return {}
        return {each["device"]: each["health"] for each in json.loads(done.stdout).get("devices", ())}

    def all_there(self) -> bool:
        """Sound is degraded here: the machine has no sound device, and says so."""
        health = self.devices()
        wanted = ("kiosk1", "printer1", "display1", "box-bus1-33", "box-bus1-34")
        return all(health.get(device) in ("online", "degraded") for device in wanted)

    def every_order(self) -> None:
        began, slowest = time.monotonic(), 0.0
        for order in itertools.permutations(UNITS):
            self.machine.must("systemctl", "stop", *UNITS)
            for unit in order:
                self.machine.must("systemctl", "start", unit)
                time.sleep(0.5)
            last = time.monotonic()
            until(self.all_there, f"all find each other when powered on in the order {', '.join(order)}")
            slowest = max(slowest, time.monotonic() - last)
        told(f"all 24 orders of power-on come together; the slowest {slowest:.1f} s after the last start", began)

    def screen(self, number: int) -> str:
        """A screen of the machine, as programs of this one reach it: by a name beside this one's own screens."""
        name = Path(f"/tmp/.X11-unix/X{FIRST_SCREEN + number}")
        name.parent.mkdir(exist_ok=True)
        name.unlink(missing_ok=True)
        name.symlink_to(Path("/proc", str(self.machine.leader()), "root", *name.parent.parts[1:], f"X{number}"))
        return f":{FIRST_SCREEN + number}"

    def forget_screens(self) -> None:
        for number in (0, 1):
            Path(f"/tmp/.X11-unix/X{FIRST_SCREEN + number}").unlink(missing_ok=True)

    def touch(self, place: str) -> None:
        x, y = PLACES[place]
        environ = {**os.environ, "DISPLAY": self.screen(0)}
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], env=environ, check=True, timeout=30)
        self.settled()

    def settled(self) -> None:
        """Until the kiosk's screen is the same for a second."""
        seen = [b""]

        def same() -> bool:
            time.sleep(1)
            now = self.grab(0).tobytes()
            before, seen[0] = seen[0], now
            return before == now

        until(same, "the kiosk's screen settles")

    def grab(self, number: int) -> Image.Image:
        return ImageGrab.grab(xdisplay=self.screen(number))

    def box(self, *words: str) -> None:
        argv = ("/opt/yihao/.venv/bin/python", "-m", "hardware", "sim", "box", *words)
        self.machine.must("sh", "-c", 'cd /var/lib/yihao && exec runuser -u yihao -- "$@"', "-", *argv, "--control",
                          "run/dev/bus1.ctl")  # fmt: skip

    def number_and_call(self) -> str:
        """A finger, a slip, a press, a call. → the number"""
        began = time.monotonic()
        self.settled()
        for place in PLACES:
            self.touch(place)
        (slip,) = until(lambda: list(self.machine.path("/var/lib/yihao/run/slips").glob("*.png")), "a slip is cut")
        self.pictures.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(slip, self.pictures / "slip.png")
        self.grab(0).save(self.pictures / "kiosk.png")
        roster = self.machine.must("yihao", "roster")
        (line,) = [line for line in roster.splitlines() if line.startswith("[ ]")]
        number = line.split()[2]
        told(f"number {number} taken by touch, slip printed; yihao roster: {' '.join(line.split())}", began)
        began = time.monotonic()
        self.box("press", "0x21", "next")
        until(lambda: "已呼叫,1 号窗口" in self.machine.must("yihao", "roster"), "the visit is called to window 1")
        until(lambda: self.calls(number), "the call screen has the call and it was spoken")
        time.sleep(1)
        self.grab(1).save(self.pictures / "display.png")
        told(f"{number} called to window 1 by the call box, on the screen, spoken", began)
        self.box("press", "0x21", "start")
        until(lambda: "办理中,1 号窗口" in self.machine.must("yihao", "roster"), "the service begins")
        return number

    def calls(self, number: str) -> bool:
        said = self.machine.must("/opt/yihao/.venv/bin/python", "/opt/inside.py", "board")
        spoken = list(self.machine.path("/var/lib/yihao/run/voice/unheard").glob("*.wav"))
        return number in said and bool(spoken)

    def power_cut(self, number: str) -> None:
        self.machine.cut_power()
        said = self.machine.run("yihao", "roster").stdout
        assert f" {number} " in said, said
        told(f"power cut: with nothing running the roster still names {number}")
        again = self.machine.boot()
        until(self.all_there, "all find each other after the power cut")
        assert "办理中,1 号窗口" in self.machine.must("yihao", "roster")
        told(f"booted again in {again:.1f} s: {number} is still served at window 1")

    def removed(self) -> None:
        done = self.machine.must("sh", "/opt/yihao/uninstall.sh")
        print("".join(f"    | {line}\n" for line in done.splitlines()), end="")
        assert not self.machine.path("/opt/yihao").exists()
        assert self.machine.path("/var/lib/yihao/run/data/hall.sqlite3").exists()
        assert self.machine.path("/etc/yihao/hall.toml").exists()
        left = [line for line in self.machine.must("ps", "-eo", "args").splitlines() if "--config /etc/yihao" in line]
        assert left == []
        told("uninstalled: nothing of ours runs, journal and settings are there")

    def expect(self, *argv: str) -> str:
        done = self.machine.run(*argv)
        if done.returncode:
            raise Failed(f"{' '.join(argv)} ended with {done.returncode}: {done.stdout}")
        return done.stdout


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bundle", description=__doc__)
    parser.add_argument("--archive", type=Path, help="prove this bundle; without it one is made")
    parser.add_argument("--keep", action="store_true", help="leave the machine's folder for a look")
    asked = parser.parse_args(arguments)
    lacking = [tool for tool in TOOLS if shutil.which(tool) is None]
    if lacking or os.geteuid() != 0:
        print(f"This needs root and {', '.join(lacking) or 'nothing else'}.", file=sys.stderr)
        return 2
    began = time.monotonic()
    work = Path(tempfile.mkdtemp(prefix="yihao-proof-"))
    proof = Proof(work, make_bundle(asked.archive))
    try:
        proof.everything()
    except (Failed, AssertionError) as problem:
        print(f"✗ {problem}", file=sys.stderr)
        if proof.machine.booted is not None:
            print(proof.machine.do("journalctl", "--no-pager", "-n", "60").stdout, file=sys.stderr)
        return 1
    finally:
        proof.forget_screens()
        if not asked.keep:
            proof.machine.close()
            shutil.rmtree(work)
    told(f"all of it came out; pictures in {proof.pictures.relative_to(ROOT)}", began)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
