"""The installer: what it takes for an answer, what it puts where, and that it neither overwrites nor leaves half."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ticketserver.runner.machines import enabled, script
from ticketserver.runner import debian
from ticketserver.runner import install as installing
from ticketserver.runner.install import install
from ticketserver.runner.install_steps import filled
from ticketserver.runner.install_words import Misused, roles_of, words_of
from ticketserver.runner.machine import FILES, Machine, Role, Source
from ticketserver.runner.paths import ROOT
from ticketserver.runner.say import Stop, both

SERVER, BRIDGE = Role("server"), Role("bridge")
KIOSK, DISPLAY = Role("kiosk", "kiosk1"), Role("display", "display1")


@pytest.mark.parametrize(
    ("words", "roles"),
    [
        (["ROLE=server", "ID="], [SERVER]),
        (["ROLE=kiosk", "ID=kiosk1"], [KIOSK]),
        (["ID=display1", "ROLE=server, bridge display"], [SERVER, BRIDGE, DISPLAY]),
        (["ROLE=kiosk@kiosk1,display@display1"], [KIOSK, DISPLAY]),
        (["ROLE=kiosk@kiosk2,kiosk", "ID=kiosk1"], [Role("kiosk", "kiosk2"), KIOSK]),
    ],
)
def test_the_words_say_what_the_machine_does(words, roles):
    assert roles_of(words_of(words)) == roles


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ROLE=printer"], "printer"),
        (["ROLE=server@one"], "server@one"),
        (["role=server"], "role=server"),
        (["server"], "server"),
        (["ROLE="], "ROLE=kiosk ID=kiosk1"),
        ([], "ROLE=kiosk ID=kiosk1"),
    ],
)
def test_other_words_are_answered_with_those_there_are(words, said):
    with pytest.raises(Misused, match=said):
        roles_of(words_of(words))


def test_a_kiosk_that_the_hall_does_not_have_is_told_those_it_has(machine, source, actors):
    for role in (Role("kiosk", "kiosk9"), Role("kiosk")):
        with pytest.raises(Misused, match="kiosk1, kiosk2"):
            install(machine, source, [role])
    assert actors.calls() == []
    assert not machine.program.exists()


def test_a_hall_toml_that_cannot_be_read_stops_before_anything_is_done(machine, source, actors):
    machine.settings.mkdir(parents=True)
    machine.hall.write_text("[[kiosk]\n", "utf-8")
    with pytest.raises(Stop, match=r"hall\.toml"):
        install(machine, source, [KIOSK])
    assert actors.calls() == []


def test_everything_is_where_the_units_look_for_it(machine, source, actors):
    install(machine, source, [SERVER, KIOSK, DISPLAY, BRIDGE])
    assert machine.venv.is_symlink()
    assert machine.python.exists()
    assert sorted(path.name for path in machine.our_units()) == sorted(
        path.name for path in (ROOT / "ticketserver/runner/units").iterdir()
    )
    assert (machine.data / "run/fonts/face.otf").read_bytes() == b"face"
    assert (machine.data / "run/voice/clips/one.wav").read_bytes() == b"clip"
    assert (machine.settings / "catalogue.toml").exists()
    assert (machine.program / "docs/operating/install.md").exists()
    assert (machine.program / "installer/ticketserver/runner/uninstall.py").exists()
    assert stat.S_IMODE(machine.command.stat().st_mode) == 0o755
    assert stat.S_IMODE(machine.data.stat().st_mode) == 0o750
    assert actors.calls("systemctl") == [
        "systemctl enable yihao-bridge.service yihao-display@display1.service yihao-kiosk@kiosk1.service "
        "yihao-server.service yihao-screen.service"
    ]
    (made,) = actors.calls("useradd")
    assert "--groups dialout,lp,input,audio,video,render yihao" in made
    assert actors.calls("chown") == [f"chown -R yihao:yihao {machine.data}"]


def test_pip_is_given_the_wheels_of_the_bundle_and_the_extras_of_the_roles(machine, source, actors):
    install(machine, source, [SERVER, BRIDGE])
    (asked,) = actors.calls("python -m pip")
    assert "--no-index" in asked
    assert f"--find-links {source.folder}/wheels" in asked
    assert f"--constraint {source.folder}/constraints.txt" in asked
    assert asked.endswith(f"yihao[hardware,server] @ {(source.folder / 'wheels/yihao-1-py3-none-any.whl').as_uri()}")


def test_where_systemd_runs_the_programs_begin_at_once(machine, source, actors):
    (machine.root / "run/systemd/system").mkdir(parents=True)
    install(machine, source, [SERVER])
    assert actors.calls("systemctl") == [
        "systemctl enable yihao-server.service", "systemctl daemon-reload", "systemctl restart yihao-server.service",
    ]  # fmt: skip


def test_a_second_time_makes_nothing_anew_and_keeps_the_settings(machine, source, actors, capsys):
    install(machine, source, [SERVER])
    enabled(machine, SERVER.unit)
    machine.hall.write_text("id = 'ours'\n", "utf-8")
    before = machine.venv.readlink()
    actors.forget()
    install(machine, source, [SERVER])
    assert actors.calls("python -m venv") == []
    assert machine.venv.readlink() == before
    assert machine.hall.read_text("utf-8") == "id = 'ours'\n"
    assert both("install.upgraded", units=SERVER.unit) in capsys.readouterr().out


def test_a_further_role_is_added_to_those_there_are(machine, source, actors):
    install(machine, source, [SERVER])
    enabled(machine, SERVER.unit)
    actors.forget()
    install(machine, source, [KIOSK])
    assert "yihao[kiosk,server] @" in actors.calls("python -m pip")[0]
    assert SERVER.unit in actors.calls("systemctl enable")[0]
    assert len(list(machine.program.glob("venv-*"))) == 1


def test_a_new_version_keeps_what_the_hall_has_and_takes_the_old_programs_away(machine, source, actors):
    install(machine, source, [KIOSK])
    enabled(machine, KIOSK.unit)
    (machine.data / "run/fonts/face.otf").write_bytes(b"the hall's own")
    before = machine.venv.readlink()
    (source.folder / "wheels/yihao-1-py3-none-any.whl").rename(source.folder / "wheels/yihao-2-py3-none-any.whl")
    install(machine, source, [KIOSK])
    assert machine.venv.readlink() != before
    assert [path.name for path in machine.program.glob("venv-*")] == [str(machine.venv.readlink())]
    assert (machine.data / "run/fonts/face.otf").read_bytes() == b"the hall's own"


def test_a_new_version_that_refuses_the_settings_is_not_put_in_place(machine, source, actors):
    install(machine, source, [SERVER])
    enabled(machine, SERVER.unit)
    before = machine.venv.readlink()
    (source.folder / "wheels/new.whl").write_bytes(b"new")
    actors.refuses.touch()
    actors.forget()
    with pytest.raises(Stop, match="no such key"):
        install(machine, source, [SERVER])
    assert machine.venv.readlink() == before
    assert actors.calls("systemctl") == []


def test_an_interrupted_environment_is_made_anew(machine, source, actors):
    actors.pip_fails.touch()
    with pytest.raises(Stop, match="no matching wheel"):
        install(machine, source, [SERVER])
    assert not machine.venv.exists()
    actors.pip_fails.unlink()
    install(machine, source, [SERVER])
    assert machine.python.exists()
    assert len(actors.calls("python -m venv")) == 2


def test_an_environment_made_by_hand_is_left_alone(machine, source, actors):
    machine.venv.mkdir(parents=True)
    with pytest.raises(Stop, match=r"\.venv"):
        install(machine, source, [SERVER])
    assert not machine.venv.is_symlink()


def test_a_user_that_is_there_gets_the_groups(machine, source, actors):
    (actors.folder / "user-exists").touch()
    install(machine, source, [BRIDGE])
    assert actors.calls("useradd") == []
    assert actors.calls("usermod") == ["usermod --append --groups dialout,lp,input,audio,video,render yihao"]


def test_a_desktop_brings_its_own_screen(machine, source, actors, capsys):
    (machine.units / "display-manager.service").touch()
    install(machine, source, [KIOSK])
    assert "yihao-screen" not in actors.calls("systemctl")[0]
    assert "xhost +si:localuser:yihao" in capsys.readouterr().out
    assert not machine.screen_rules.exists()


def test_only_a_machine_without_the_server_is_told_to_copy_tokens(machine, source, actors, capsys):
    install(machine, source, [KIOSK, Role("kiosk", "kiosk2")])
    assert capsys.readouterr().out.count(f"chown yihao: {machine.tokens}/kiosk") == 2
    enabled(machine, SERVER.unit)
    install(machine, source, [SERVER])
    out = capsys.readouterr().out
    assert "chown yihao:" not in out
    assert "yihao link clerk" in out


def test_debian_packages_that_lack_come_from_the_bundle(machine, source, actors):
    script(actors.folder / "dpkg-query", "exit 1\n")
    script(source.folder / "debs/apt.sh", 'echo "apt.sh $*" >> "$CALLS"\n')
    install(machine, source, [SERVER])
    assert actors.calls("apt.sh") == ["apt.sh python3 python3-venv tzdata"]
    assert actors.calls("apt-get") == []


def test_from_a_checkout_pip_asks_the_internet(machine, actors):
    install(machine, Source(ROOT, bundle=False), [BRIDGE])
    (asked,) = actors.calls("python -m pip")
    assert "--no-index" not in asked
    assert asked.endswith(f"yihao[hardware] @ {ROOT.as_uri()}")


def test_each_role_has_the_packages_of_its_programs():
    assert debian.for_roles(["server"]) == debian.for_roles(["bridge"]) == ["python3", "python3-venv", "tzdata"]
    assert {"fonts-noto-cjk", "libgl1"} < set(debian.for_roles(["kiosk"]))
    assert {"alsa-utils", "espeak-ng"} < set(debian.for_roles(["display"]))
    assert "xserver-xorg-core" not in debian.for_roles(["kiosk"])
    assert "xserver-xorg-core" in debian.for_roles(["kiosk", "screen"])


def test_who_is_not_root_is_told(monkeypatch, capsys):
    monkeypatch.setattr(installing.os, "geteuid", lambda: 1000)
    assert installing.main(["ROLE=server"]) == 1
    assert "sudo" in capsys.readouterr().err
    assert installing.main(["ROLE=nothing"]) == 2
    monkeypatch.setattr(installing.sys, "version_info", (3, 10, 1))
    assert installing.main(["ROLE=server"]) == 1
    assert "3.11" in capsys.readouterr().err


def test_it_needs_no_package():
    """On a machine's own Python nothing is installed."""
    source = f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
    source += "import ticketserver.runner.install, ticketserver.runner.uninstall"
    subprocess.run([sys.executable, "-I", "-S", "-c", source], check=True)


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.iterdir() if not path.name.startswith("60-")))
def test_scripts_are_sound_and_say_what_they_have_to_say(name, tmp_path):
    written = filled(name, machine="debian-12-amd64")
    assert "@sh." not in written
    file = tmp_path / name
    file.write_text(written, "utf-8")
    subprocess.run(["sh", "-n", str(file)], check=True)


def run_command(tmp_path: Path, *words: str, user: str) -> tuple[int, str]:
    """The `yihao` command with this user's name; → its status, and what it would have started or said."""
    folder = tmp_path / "bin"
    folder.mkdir(exist_ok=True)
    script(folder / "id", f"echo {user}\n")
    script(folder / "runuser", 'echo "runuser $*"\n')
    written = filled("yihao").replace("cd /var/lib/yihao", f"cd {tmp_path}")
    script(tmp_path / "yihao", written.replace("/opt/yihao/.venv/bin/python", "echo python"))
    done = subprocess.run(["sh", str(tmp_path / "yihao"), *words], capture_output=True, text=True, check=False,
                          env={"PATH": f"{folder}:/usr/bin:/bin"})  # fmt: skip
    return done.returncode, (done.stdout + done.stderr).strip()


@pytest.mark.parametrize(
    ("words", "started"),
    [
        ("check", "ticketserver check /etc/yihao/hall.toml"),
        ("link clerk", "ticketserver link clerk --config /etc/yihao/hall.toml"),
        ("roster --out list.html", "ticketserver roster --out list.html --config /etc/yihao/hall.toml"),
        ("backup copy.sqlite3", "ticketserver backup copy.sqlite3 --config /etc/yihao/hall.toml"),
        ("hardware check", "hardware check --config /etc/yihao/hall.toml"),
        ("kiosk roll --printer one", "kiosk roll --printer one --config /etc/yihao/hall.toml"),
        ("make-clips", "display make-clips --config /etc/yihao/hall.toml"),
    ],
)
def test_the_command_starts_the_program_with_the_halls_settings_as_its_user(tmp_path, words, started):
    assert run_command(tmp_path, *words.split(), user="yihao") == (0, f"python -m {started}")
    assert run_command(tmp_path, *words.split(), user="root") == (0, f"runuser -u yihao -- echo python -m {started}")


def test_the_command_explains_itself_and_asks_for_sudo(tmp_path):
    assert "yihao roster" in run_command(tmp_path, user="someone")[1]
    status, said = run_command(tmp_path, "check", user="someone")
    assert (status, "sudo" in said) == (2, True)
    assert run_command(tmp_path, "nonsense", user="root")[0] == 2
    assert run_command(tmp_path, "hardware", user="root")[0] == 2


def test_a_machine_is_what_its_enabled_units_say(machine):
    enabled(machine, "yihao-kiosk@kiosk1.service", "yihao-server.service", "yihao-screen.service")
    assert machine.roles() == [KIOSK, SERVER]
    assert Machine(machine.root / "none").roles() == []
