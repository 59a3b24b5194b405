"""A refusal names the rule, the command and the state it met, and changes nothing."""

from msgspec import Struct


class Rejection(Struct, frozen=True):
    """`code` is a stable word of the wire's list (`nobody_waiting`, …); `state` and `detail` are for the log."""

    code: str
    command: str
    state: str = ""
    detail: str = ""


class RefusedError(Exception):
    """Raised inside a decision that cannot be taken; `decide` turns it into a Rejection."""

    def __init__(self, code: str, state: object = "", detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.state = str(state)
        self.detail = detail
