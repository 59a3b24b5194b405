"""One decoded request to its answer: is the role allowed, and which room of the server serves the method.

The same for sockets and for HTTP; `hello` and `subscribe` belong to sockets only.
"""

from ticketserver.core.refusal import RefusedError
from ticketserver.server.desk import HallDesk
from ticketserver.server.finding import Finder
from ticketserver.server.guidance import guidance_view
from ticketserver.server.line import Line
from ticketserver.server.peers import Peer
from ticketserver.server.readings import READINGS
from ticketserver.wire import guidance as g
from ticketserver.wire import params as p
from ticketserver.wire import prints as w
from ticketserver.wire.codec import Call, encode_error, encode_result
from ticketserver.wire.errors import Refusal
from ticketserver.wire.views import View
from ticketserver.wire.views_hall import Accepted


class Calls:
    """`line` is the hall behind it."""

    def __init__(self, line: Line, desk: HallDesk) -> None:
        self.line = line
        self._desk = desk
        self.finder = Finder(desk.settings)

    def refuse(self, peer: Peer, call: Call, code: str) -> None:
        error = self._desk.refuse(peer, code)
        error.request = call.id
        peer.release(encode_error(error))

    def serve(self, peer: Peer, call: Call) -> None:
        """Answers go to `peer.release`, now or once they may leave."""
        if peer.role not in call.method.roles:
            self.refuse(peer, call, Refusal.NOT_ALLOWED)
        elif call.method.journalled:
            self.line.ask(peer, call)
        elif call.name in READINGS:
            self.line.read(peer, call)
        else:
            self._in_memory(peer, call)

    def _in_memory(self, peer: Peer, call: Call) -> None:
        asked = call.params
        answer: View
        try:
            if isinstance(asked, g.FindServices):
                answer = self.finder.find(asked.text)
            elif isinstance(asked, g.GetGuidance):
                answer = guidance_view(self._desk.settings.catalogue)
            elif isinstance(asked, p.ReportHealth):
                self.line.memory.report_health(peer, asked)
                answer = Accepted(seq=self.line.sequencer.seq)
            elif isinstance(asked, p.RequestHelp):
                answer = self.line.memory.request_help(peer, asked)
            elif isinstance(asked, p.AcceptHelp):
                answer = self.line.memory.accept_help(asked)
            elif isinstance(asked, w.PrintTicket):
                context = self._desk.context(peer, self.line.sequencer.state)
                answer = self.line.memory.prints.ask(context, self._desk.risings, self._desk.settings.kiosk, asked)
            elif isinstance(asked, w.EndPrint):
                answer = self.line.memory.prints.end(asked)
            elif isinstance(asked, w.ListPrints):
                answer = self.line.memory.prints.list(self._desk.settings.kiosk)
            else:
                raise RefusedError(Refusal.NOT_ALLOWED, detail=f"{call.name} needs a socket")
        except RefusedError as refused:
            self.refuse(peer, call, refused.code)
        else:
            self.line.hold(peer, encode_result(call.id, answer))
