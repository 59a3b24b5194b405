"""The bundle: what goes into it, that it lists the same each time, and that what cannot be fetched is told."""

import json
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.ticketserver.runner.machines import script
from ticketserver.runner import bundle as bundling
from ticketserver.runner import bundle_debs
from ticketserver.runner.bundle import copy_hall, same_python, target
from ticketserver.runner.bundle_debs import fetch_packages, index, needed
from ticketserver.runner.bundle_pack import manifest, pack, sums
from ticketserver.runner.install_steps import filled
from ticketserver.runner.machine import FILES
from ticketserver.runner.say import Stop


def make_deb(folder: Path, name: str, version: str) -> Path:
    """A real Debian package with nothing in it."""
    place = folder / f"{name}-build"
    (place / "DEBIAN").mkdir(parents=True)
    control = f"Package: {name}\nVersion: {version}\nArchitecture: all\nMaintainer: N <a@b.c>\nDescription: empty\n"
    (place / "DEBIAN/control").write_text(control, "utf-8")
    file = folder / f"{name}_{version}_all.deb"
    subprocess.run(["dpkg-deb", "--build", str(place), str(file)], check=True, capture_output=True)
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "yihao-1-debian12-amd64"
    for part in ("wheels", "debs", "data/run/fonts"):
        (made / part).mkdir(parents=True)
    (made / "wheels/b.whl").write_bytes(b"b")
    (made / "wheels/a.whl").write_bytes(b"a")
    (made / "data/run/fonts/face.otf").write_bytes(b"face")
    (made / "data/run/one.wav").write_bytes(b"wave")
    (made / "debs/x_1_all.deb").write_bytes(b"deb")
    script(made / "install.sh", "exit 0\n")
    return made


def test_two_bundles_of_the_same_things_are_the_same_bytes(folder, tmp_path):
    pack(folder, tmp_path / "one.tar")
    for path in folder.rglob("*"):
        path.touch()
    (folder / "wheels/a.whl").chmod(0o600)
    pack(folder, tmp_path / "two.tar")
    assert (tmp_path / "one.tar").read_bytes() == (tmp_path / "two.tar").read_bytes()
    with tarfile.open(tmp_path / "one.tar") as tar:
        names = tar.getnames()
        assert names == sorted(names)
        assert {entry.uid for entry in tar} == {0}
        assert tar.getmember(f"{folder.name}/install.sh").mode == 0o755
        assert tar.getmember(f"{folder.name}/wheels/a.whl").mode == 0o644


def test_sha256sum_finds_every_change(folder):
    (folder / "SHA256SUMS").write_text(sums(folder), "utf-8")
    argv = ["sha256sum", "--quiet", "--check", "SHA256SUMS"]
    assert subprocess.run(argv, cwd=folder, check=False).returncode == 0
    (folder / "wheels/a.whl").write_bytes(b"A")
    done = subprocess.run(argv, cwd=folder, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "wheels/a.whl" in done.stdout


def test_the_manifest_names_what_is_in_it(folder):
    held = json.loads(manifest(folder, "1", "debian-12-amd64"))
    assert held["wheels"] == ["a.whl", "b.whl"]
    assert held["debian"] == ["x_1_all.deb"]
    assert held["fonts"] == ["face.otf"]
    assert (held["version"], held["for"], held["clips"]) == ("1", "debian-12-amd64", 1)


def test_a_halls_settings_go_under_one_name_with_what_lies_beside_them(tmp_path):
    for name in ("west.toml", "catalogue.toml", "logo.png", "hall.toml", "notes.txt"):
        (tmp_path / name).write_text(name, "utf-8")
    copy_hall(tmp_path / "west.toml", tmp_path / "hall")
    found = {path.name: path.read_text("utf-8") for path in (tmp_path / "hall").iterdir()}
    assert found == {"hall.toml": "west.toml", "catalogue.toml": "catalogue.toml", "logo.png": "logo.png"}


@pytest.mark.skipif(not Path("/usr/bin/dpkg-deb").exists(), reason="builds real packages")
def test_the_index_is_one_that_apt_reads(tmp_path):
    for name, version in (("zeta", "1.0"), ("alpha", "2.1-3")):
        make_deb(tmp_path, name, version)
    (tmp_path / "Packages").write_text(index(tmp_path), "utf-8")
    (tmp_path / "apt.sh").write_text((FILES / "apt.sh").read_text("utf-8"), "utf-8")
    places = {"State": tmp_path / "state", "Cache": tmp_path / "cache", "Etc::SourceList": tmp_path / "sources"}
    for part in ("state/lists/partial", "cache/archives/partial"):
        (tmp_path / part).mkdir(parents=True)
    (tmp_path / "sources").write_text(f"deb [trusted=yes] file:{tmp_path} ./\n", "utf-8")
    apt = ["-o", "Dir::Etc::SourceParts=/dev/null", "-o", "APT::Sandbox::User=root"]
    apt += [part for name, place in places.items() for part in ("-o", f"Dir::{name}={place}")]
    subprocess.run(["apt-get", "-q", *apt, "update"], check=True, capture_output=True)
    done = subprocess.run(["apt-cache", *apt, "show", "alpha"], check=True, capture_output=True, text=True)
    assert "Version: 2.1-3\n" in done.stdout


SIMULATED = """NOTE: This is only a simulation!
Inst gcc-12-base (12.2.0-14+deb12u1 Debian:12.13/oldstable [amd64])
Inst fonts-noto-cjk (1:20220127+repack1-1 Debian:12.13/oldstable [all])
Conf gcc-12-base (12.2.0-14+deb12u1 Debian:12.13/oldstable [amd64])
"""


def test_apt_names_the_packages_and_the_cache_holds_them(tmp_path):
    script(tmp_path / "apt-get", f"cat <<'E'\n{SIMULATED}E\n")
    files = ["gcc-12-base_12.2.0-14+deb12u1_amd64.deb", "fonts-noto-cjk_1%3a20220127+repack1-1_all.deb"]
    (tmp_path / files[0]).touch()
    with pytest.raises(Stop, match="fonts-noto-cjk"):
        needed([str(tmp_path / "apt-get")], tmp_path)
    (tmp_path / files[1]).touch()
    assert [path.name for path in needed([str(tmp_path / "apt-get")], tmp_path)] == files
    assert bundle_debs.EPOCH.sub("_", files[1]) == "fonts-noto-cjk_20220127+repack1-1_all.deb"


def test_a_download_that_fails_ends_it_with_what_apt_said(tmp_path, monkeypatch):
    script(tmp_path / "apt-get", 'case "$*" in *download*) echo "E: Failed to fetch"; exit 100 ;; esac\n')
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(Stop, match=r"(?s)100.*E: Failed to fetch"):
        fetch_packages(tmp_path / "debs", tmp_path / "work", tmp_path / "logs")
    assert not (tmp_path / "debs").exists()


def test_another_python_than_the_machines_have_is_refused(tmp_path, monkeypatch):
    script(tmp_path / "python3", "echo 3.9\n")
    monkeypatch.setattr(bundling, "DEBIAN_PYTHON", str(tmp_path / "python3"))
    with pytest.raises(Stop, match=r"3\.9"):
        same_python()


def test_elsewhere_than_on_a_debian_there_is_no_bundle(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Stop, match="Debian"):
        target()


def test_the_install_script_refuses_another_machine(tmp_path):
    """With the name of a Debian that this one is not, whoever runs it."""
    script(tmp_path / "id", "echo 0\n")
    script(tmp_path / "dpkg", "echo amd64\n")
    (tmp_path / "install.sh").write_text(filled("install.sh", machine="debian-1-none"), "utf-8")
    done = subprocess.run(["sh", str(tmp_path / "install.sh"), "ROLE=server"], capture_output=True, text=True,
                          check=False, env={"PATH": f"{tmp_path}:/usr/bin:/bin"})  # fmt: skip
    assert done.returncode == 1
    assert "debian-1-none" in done.stderr
