"""The devices of a hall.

    python -m hardware bridge --config hall.toml     what stands at the counters, connected to the server
    python -m hardware sim printer …                 a virtual ticket printer
    python -m hardware check --config hall.toml      every configured device tested, with what to do about each fault
    python -m hardware record ID --config hall.toml  a device's bytes stored as a session that tests can replay
    python -m hardware sim box …                     virtual call boxes and rating pads
    python -m hardware sim panel …                   virtual window panels
    python -m hardware sim reader …                  a virtual ID-card reader
    python -m hardware sim scanner …                 a virtual scanner

Each verb imports its own program only: a machine without the server's libraries can still run a virtual printer.
"""

import argparse
import importlib
import sys

PROGRAMS = {
    ("bridge",): "hardware.bridge.app",
    ("sim", "printer"): "hardware.sim.printer_cli",
    ("sim", "box"): "hardware.sim.box_cli",
    ("sim", "panel"): "hardware.sim.panel_cli",
    ("sim", "reader"): "hardware.sim.reader_cli",
    ("sim", "scanner"): "hardware.sim.scanner_cli",
    ("check",): "hardware.check.app",
    ("record",): "hardware.check.record",
}


def main(argv: list[str]) -> int:
    """Run the program that the first words name; → exit status."""
    for words, module in PROGRAMS.items():
        if tuple(argv[: len(words)]) == words:
            program = importlib.import_module(module)
            parser = argparse.ArgumentParser(prog=f"python -m hardware {' '.join(words)}")
            program.add_arguments(parser)
            status: int = program.run(parser.parse_args(argv[len(words) :]))
            return status
    verbs = ", ".join(" ".join(words) for words in PROGRAMS)
    if argv[:1] in (["-h"], ["--help"]):
        print(f"{__doc__}\n{verbs}: each explains itself with --help.")
        return 0
    said = " ".join(argv[:2]) or "nothing"
    print(f"python -m hardware: there is no program {said!r}; there are {verbs} (--help explains)", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
