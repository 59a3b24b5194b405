"""Runs in the machine with what is installed there: asks the hall's server as one of its programs would.

python inside.py devices            each device and its health
python inside.py board              the call screen's state
"""

import json
import sys
from pathlib import Path

from websockets.sync.client import connect

TOPICS = {"devices": "supervisor", "board": "display"}


def main(topic: str) -> None:
    role = TOPICS[topic]
    token = Path("/var/lib/yihao/run/tokens", role).read_text("ascii").strip()
    with connect("ws://127.0.0.1:8765", compression=None, proxy=None) as socket:
        for method, params in (
            ("hello", {"protocol": 1, "role": role, "token": token}),
            ("subscribe", {"topics": [topic]}),
        ):
            socket.send(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}))
            answer = json.loads(socket.recv(timeout=10))
        print(json.dumps(answer["result"], ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1])
