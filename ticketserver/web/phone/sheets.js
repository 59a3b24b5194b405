// What can be done with the number: check in, add a service, cancel. Each asks before it does.

import { byId, h, redraw } from "../dom.js";
import { t } from "../texts.js";
import { Refused, requestId } from "../wire.js";
import { isNew } from "./draw.js";

const SHOWN = 30;
const CANCELLABLE = ["waiting", "held", "no_show"];

export class Sheets {
  // told: { call(method, params) → ticket, done(text, ticket), services() → rows }
  constructor(told) {
    this.told = told;
    this.opener = "";
  }

  drawActs(ticket, hall) {
    this.ticket = ticket;
    this.hall = hall;
    const back = ticket.state === "no_show" && hall.check_in && ticket.returns_left > 0;
    const box = byId("acts");
    if (!isNew(box, ticket.state, back)) return;
    const act = (name, open) => h("button", { type: "button", id: name, class: name, onclick: () => this.open(name, open) }, t(`phone.${name}.button`));
    redraw(
      box,
      back && act("check_in", () => this.checkIn()),
      ticket.state === "waiting" && act("add", () => this.add()),
      CANCELLABLE.includes(ticket.state) && act("cancel", () => this.cancel()),
    );
  }

  // A visit that moved on meanwhile is not changed by a sheet from before.
  keepTo(state) {
    if (this.state && this.state !== state) this.close();
  }

  open(name, show) {
    this.opener = name;
    show();
    byId("page").hidden = true;
    byId("sheet").hidden = false;
    byId("sheet").focus();
  }

  close() {
    this.state = "";
    byId("sheet").hidden = true;
    byId("page").hidden = false;
    byId(this.opener)?.focus();
  }

  show(state, ...parts) {
    this.state = state;
    redraw(byId("sheet"), parts, h("button", { type: "button", class: "back", onclick: () => this.close() }, t("phone.sheet.back")));
    window.scrollTo(0, 0);
  }

  ask(question, yes, kind, act) {
    const said = h("p", { role: "status" });
    const button = h("button", { type: "button", class: `yes ${kind}`, onclick: () => this.send(act, button, said) }, yes);
    this.show(this.ticket.state, h("p", { class: "question" }, question), button, said);
  }

  // The same request until it is answered: one that was sent twice is done once.
  async send({ method, params, done }, button, said) {
    button.disabled = true;
    said.textContent = t("phone.sheet.sending");
    try {
      const ticket = await this.told.call(method, params);
      this.close();
      this.told.done(done, ticket);
    } catch (error) {
      said.textContent = error instanceof Refused ? error.message : t("phone.sheet.lost");
      button.disabled = false;
    }
  }

  cancel() {
    const act = { method: "cancel_ticket", params: { request_id: requestId() }, done: "" };
    this.ask(t("phone.cancel.question", { number: this.ticket.number }), t("phone.cancel.yes"), "bad", act);
  }

  checkIn() {
    const act = { method: "check_in", params: { request_id: requestId() }, done: t("phone.check_in.done") };
    const values = { number: this.ticket.number, others: this.hall.comeback_after };
    this.ask(t("phone.check_in.question", values), t("phone.check_in.yes"), "good", act);
  }

  async add() {
    const list = h("ul", { class: "services" }, h("li", { class: "quiet" }, t("phone.add.loading")));
    const search = h("input", { type: "search", autocomplete: "off", placeholder: t("phone.add.search"), "aria-label": t("phone.add.search") });
    this.show("waiting", h("h1", {}, t("phone.add.title", { number: this.ticket.number })), search, list, h("p", { class: "quiet" }, t("phone.add.hint")));
    let rows;
    try {
      rows = await this.told.services();
    } catch {
      list.firstChild.textContent = t("phone.add.unreadable");
      return;
    }
    const had = new Set(this.ticket.services.map((each) => each.service));
    const free = rows.filter(([code, , , allowed]) => allowed && !had.has(code));
    const draw = () => this.list(list, free, search.value.trim().toLowerCase());
    search.addEventListener("input", draw);
    draw();
  }

  list(list, rows, asked) {
    const named = ([, plain]) => plain.toLowerCase().includes(asked);
    const found = rows.filter(([, plain, words]) => asked.split(/\s+/).every((word) => plain.toLowerCase().includes(word) || words.includes(word)));
    found.sort((one, other) => named(other) - named(one));
    const more = found.length - SHOWN;
    redraw(
      list,
      found.slice(0, SHOWN).map(([code, plain]) => h("li", {}, h("button", { type: "button", onclick: () => this.added(code, plain) }, plain))),
      !found.length && h("li", { class: "quiet" }, t("phone.add.nothing")),
      more > 0 && h("li", { class: "quiet" }, t("phone.add.more", { count: more })),
    );
  }

  added(code, name) {
    const params = { request_id: requestId(), services: [{ service: code }] };
    this.ask(t("phone.add.question", { name }), t("phone.add.yes"), "good", { method: "add_services", params, done: t("phone.add.done") });
  }
}
