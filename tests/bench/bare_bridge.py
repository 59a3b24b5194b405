"""What a bridge costs at least: `python -m tests.bench.bare_bridge LINE PORT` sends every four bytes of a line on.

The same libraries as the product's bridge has, pyserial and websockets, and nothing of what it is for: no codec, no
debouncing, no keys, no threads, no reconnecting. When it is ready it lights the box green.
"""

from __future__ import annotations

import sys

from serial import Serial
from websockets.sync.client import connect

FRAME_BYTES = 4
GREEN = bytes((0x01, 0x21, 0x32, 0x07))
PRESS = '{"jsonrpc":"2.0","id":%d,"method":"press_key","params":{"request_id":"bench-%012d","counter":1,"key":"next"}}'


def main(line: str, port: int) -> None:
    with Serial(line, 57600) as serial, connect(f"ws://127.0.0.1:{port}", compression=None) as socket:
        serial.write(GREEN)
        number = 0
        while serial.read(FRAME_BYTES):
            number += 1
            socket.send(PRESS % (number, number))
            socket.recv()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
