"""Films for tests, made by ffmpeg out of nothing."""

import subprocess
from pathlib import Path

BARS = "smptebars"
"""Seven upright bars over the upper two thirds: grey, yellow, cyan, green, magenta, red, blue."""


def film(file: Path, seconds: float = 1.0, size: str = "320x180", more: tuple[str, ...] = ()) -> Path:
    """Bars with a tone; its ending says its kind."""
    web = file.suffix.lower() == ".webm"
    codec = ("-c:v", "libvpx", "-c:a", "libvorbis") if web else ("-c:v", "libx264", "-c:a", "aac")
    asked = ("-f", "lavfi", "-i", f"{BARS}=size={size}:rate=25:duration={seconds}")
    tone = ("-f", "lavfi", "-i", f"sine=duration={seconds}")
    form = ("-deadline", "realtime") if web else ("-preset", "ultrafast", "-pix_fmt", "yuv420p")
    argv = ["ffmpeg", "-v", "error", "-y", *asked, *tone, *codec, *form, *more, str(file)]
    subprocess.run(argv, stdin=subprocess.DEVNULL, check=True)
    return file


def players(parent: int) -> list[int]:
    """The processes that play films for this one."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            of = int((process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        if of == parent and plays(int(process.name)):
            found.append(int(process.name))
    return found


def plays(process: int) -> bool:
    """It has not ended; of one that has, the command is gone."""
    try:
        return b"image2pipe" in (Path("/proc") / str(process) / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False
