"""Every kind of fault and of check that a run of enough seeds must have met; one that is missing fails the run."""

ENOUGH_SEEDS = 20

FAULTS = (
    "killed", "power cut", "stopped properly", "killed while telling", "core broken", "restart under clients",
    "commit lost", "commit torn", "commit failed", "slow disk",
    "connection cut", "connection half open", "client does not read", "slow client dropped",
    "message lost", "message doubled", "message overtaken", "message late", "late answer", "request again",
    "serial split", "serial noise", "serial drop", "serial flip", "serial double", "serial unplugged",
    "key bounce", "impatient finger", "bridge restarted", "display restarted",
    "kiosk power cut", "paper out in a slip", "printer silent",
    "clock forward", "clock back", "clock far back", "clock refused at the start", "night", "day turned",
)  # fmt: skip

CHECKS = (
    "told is durable", "told is kept", "snapshot first", "no gap", "same request, same reply", "tickets survive",
    "replay digest", "state digest", "chain of hashes", "invariants", "unique numbers", "one counter a visit",
    "one press, one request", "one press, one call", "nobody missed unheard", "not before its time", "phases",
    "clocks start anew", "comebacks let others pass", "taken back where it ended", "quarantine", "screens converge",
    "everybody is served", "the day ends", "on the disk first", "never after a restart", "one slip without a mark",
    "quiet",
)  # fmt: skip
