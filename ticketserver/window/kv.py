"""Each widget's layout stands in a .kv file beside its module."""

from pathlib import Path

from kivy.lang import Builder


def load_kv(python_file: str) -> None:
    """Load the .kv beside a module, which calls this at its end."""
    Builder.load_file(str(Path(python_file).with_suffix(".kv")))
