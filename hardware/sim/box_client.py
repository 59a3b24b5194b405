"""The other end of a virtual bus's control socket, for scripts and for the keyboard."""

from pathlib import Path

from hardware.sim.control import Control


class BoxControl(Control):
    """One connection to a running `sim box`; closes with its `with` block. Raises `ControlDown`."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "box", "virtual boxes")

    def __enter__(self) -> "BoxControl":
        return self
