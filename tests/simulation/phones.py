"""What comes over HTTP: integrators who issue, phones with a slip's token. One answer each, and no line to hold.

A post whose answer is lost is sent again under the same id by whoever sent it; and now and then somebody asks an old
request of today once more, over a client of the same role: the reply must be the one of then.
"""


from tests.simulation.client import Client
from tests.simulation.hall import Hall
from ticketserver.core.ids import DeviceId, RequestId, Token
from ticketserver.core.terms import Role, VisitState
from ticketserver.server.peers import OneAnswer
from ticketserver.wire import params as p
from ticketserver.wire.codec import decode_incoming, decode_request, decode_result, encode_request

AGAIN_MS = 3_000
MOST_TRIES = 6


class Phones:
    """`role` is that of the ledger's clients, too."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.world = hall.world
        self.random = hall.world.random
        self.role = Role.PHONE
        self.name = "phone"
        self.on = True
        self._ids = 0
        self._next()

    def power_off(self) -> None:
        self.on = False

    def _next(self) -> None:
        self.world.after(self.random.randint(3_000, 25_000), self._act)

    def _act(self) -> None:
        if not self.on:
            return
        if self.hall.busy and not self.hall.calm:
            self._something()
        self._next()

    def _something(self) -> None:
        tickets = self.hall.ledger.of_today(self.hall.ledger.audit.shadow)
        request_id = RequestId(self.hall.request_id("phone"))
        chance = self.random.random()
        if not tickets or chance < 0.25:
            codes = [each.code for each in self.hall.settings.catalogue.service]
            asked: p.Params = p.IssueTicket(
                request_id=request_id, token=Token(self.hall.token()), day=self.hall.ledger.audit.day,
                services=[p.ServiceItem(self.random.choice(codes))],
            )  # fmt: skip
            self._post("issue_ticket", asked, Role.INTEGRATOR)
            return
        token = self.random.choice(tickets)[1]
        visits = self.hall.ledger.audit.shadow.visits
        missed = [each for each in tickets if visits[each[0].visit_id].state is VisitState.NO_SHOW]
        if missed and chance < 0.75:
            self._post("check_in", p.CheckIn(request_id=request_id, token=missed[0][1]), Role.PHONE)
        elif chance < 0.45:
            self._post("check_in", p.CheckIn(request_id=request_id, token=token), Role.PHONE)
        elif chance < 0.7:
            self._post("cancel_ticket", p.CancelTicket(request_id=request_id, token=token), Role.PHONE)
        elif chance < 0.8:
            level = self.random.randint(1, 5)
            self._post("rate_visit", p.RateVisit(request_id=request_id, token=token, level=level), Role.PHONE)
        elif chance < 0.9:
            self._post("get_ticket", p.GetTicket(token=token), Role.PHONE)
        else:
            self._ask_again()

    def _post(self, method: str, asked: p.Params, role: Role, tries: int = 1) -> None:
        """A request over HTTP; without an answer it is posted again."""
        process, answered = self.hall.process, []
        if process is not None and process.listening:
            self._ids += 1
            call = decode_request(encode_request(f"post-{self._ids}", method, asked))
            need = [10**9]

            def got(message: bytes) -> None:
                process.check_post(call, message, need[0])
                if not self.random.random() < 0.15:
                    answered.append(True)
                    self._got(method, asked, message)

            peer = OneAnswer(role, DeviceId(""), "zh", got)
            process.loop.step(process.calls.serve, peer, call)
            need[0] = process.sequencer.seq
        if tries < MOST_TRIES:
            self.world.after(AGAIN_MS, self._again, method, asked, role, tries + 1, answered)

    def _again(self, method: str, asked: p.Params, role: Role, tries: int, answered: list[bool]) -> None:
        if not answered and self.on and not self.hall.calm:
            self._post(method, asked, role, tries)

    def _got(self, method: str, asked: p.Params, message: bytes) -> None:
        incoming = decode_incoming(message)
        if incoming.error is None:
            self.hall.ledger.acknowledged(self, method, asked, decode_result(method, incoming.result))

    def _ask_again(self) -> None:
        """An old request of today, from somebody who may."""
        ledger = self.hall.ledger
        day = ledger.audit.day
        clients = [each for each in self.hall.clients if isinstance(each, Client) and each.session.live]
        old = [each for each in list(ledger.promises.values())[-40:] if each.day == day]
        if not old:
            return
        promise = self.random.choice(old)
        client = next((each for each in clients if each.role.value == promise.role), None)
        if client is None:
            return
        client.ask(promise.method, promise.params)
