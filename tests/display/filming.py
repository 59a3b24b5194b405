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
