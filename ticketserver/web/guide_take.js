// Takes a number for a person: a digit or a few letters, Enter, Enter. What it means is shown before: where, how long, papers.

import { byId, h, redraw, write } from "./dom.js";
import { finder } from "./finder.js";
import { appointmentRows, bookedParts, isAppointment } from "./guide_appointment.js";
import { askFirst } from "./guide_ask.js";
import { nextCheck } from "./guide_check.js";
import { Extras } from "./guide_extras.js";
import { favouriteButton, favourites, remember } from "./guide_favourites.js";
import { planParts } from "./guide_plan.js";
import { optionOf, searching } from "./service_search.js";
import { t } from "./texts.js";
import { randomText, Refused, requestId } from "./wire.js";

const say = (key, values) => t(`guide.take.${key}`, values);

export class Take {
  constructor(app, storage) {
    this.app = app;
    this.storage = storage;
    this.extras = new Extras(app, () => this.plan());
    this.busy = false;
    this.sent = null;
    this.asked = 0;
    this.empty();
  }

  // `booked`: the appointment that stands ready, { code, view }. `checked`, `reason`: prechecks that let it through.
  empty() {
    this.booked = null;
    this.checked = new Set();
    this.reason = "";
  }

  // Once the catalogue is there. `today`: visits from which a new desk learns what is asked for most.
  prepare(today) {
    this.favourites = favourites([...this.app.state.services.values()], this.storage, today);
    this.build();
  }

  options() {
    return [...this.app.state.services.values()].map(optionOf);
  }

  // The panel, anew in another language; what was chosen stays.
  build() {
    const before = this.finder ? this.finder.value() : [];
    const services = searching(this.app, { situations: true });
    const find = (asked, free) => (isAppointment(asked) ? appointmentRows(this.app, asked, (booked) => this.book(booked)) : services(asked, free));
    this.finder = finder(this.options(), { multiple: true, label: say("search"), find, changed: () => this.changed() });
    this.finder.element.addEventListener("keydown", (event) => this.digit(event), true);
    const form = h(
      "form",
      { onsubmit: (event) => {
        event.preventDefault();
        this.take();
      } },
      h("h2", { id: "take-title" }, say("title"), h("kbd", {}, "F2")),
      h("ol", { class: "favourites" }, this.favourites.map((service, place) => favouriteButton(service, place, (code) => this.finder.choose(code)))),
      this.finder.element,
      h("div", { id: "plan", "aria-live": "polite" }),
      this.extras.build(),
      h("button", { type: "submit", class: "primary", id: "take-button" }, h("span", {}), h("kbd", {}, "Enter")),
    );
    redraw(byId("take"), form);
    this.drawPrinter();
    for (const [code] of before) this.finder.choose(code);
    this.plan();
  }

  // A digit in the empty search chooses a favourite; codes begin with letters.
  digit(event) {
    const service = /^[1-9]$/.test(event.key) && event.target.matches(".search") && !event.target.value && this.favourites[event.key - 1];
    if (!service || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.finder.choose(service.code);
  }

  focus() {
    this.finder.focus();
  }

  drawPrinter() {
    if (!byId("extras")) return;
    this.extras.drawPrinter();
    write(byId("take-button").firstChild, say(this.app.prints.chosen ? "take_and_print" : "take"));
  }

  chosen() {
    return this.finder.value().map(([service, quantity]) => (quantity > 1 ? { service, quantity } : { service }));
  }

  // Something was chosen, or taken off: an appointment names its services itself.
  changed() {
    if (this.finder.value().length) this.booked = null;
    this.plan();
  }

  book(booked) {
    this.finder.clear();
    this.booked = booked;
    this.plan();
  }

  async plan() {
    const { app, booked } = this;
    const services = booked ? booked.view.services.map((service) => ({ service })) : this.finder ? this.chosen() : [];
    const asked = (this.asked += 1);
    const box = byId("plan");
    if (!box) return;
    if (!services.length) return redraw(box, h("p", { class: "quiet" }, say("hint")));
    try {
      const plan = await app.wire.call("plan_visit", { services, ...this.extras.claim() });
      if (asked === this.asked) redraw(box, booked && bookedParts(app.state, booked.view), planParts(app.state, plan, services));
    } catch (error) {
      if (asked === this.asked) redraw(box, h("p", { class: "bad" }, error instanceof Refused ? error.message : say("no_plan")));
    }
  }

  async take() {
    const { app } = this;
    await this.finder.settled();
    if (this.busy) return app.say(t("console.actions.busy"));
    if (this.sent) return this.send();
    const services = this.chosen();
    if (!services.length && !this.booked) return app.say(say("nothing"));
    if (!app.state.up) return app.say(t("console.actions.offline", { action: say("title") }));
    const check = nextCheck(app.state, services, this.checked);
    if (check) return askFirst(this, check, services);
    const what = this.booked ? { appointment: this.booked.code } : { services, ...(this.reason && { reason: this.reason }) };
    this.sent = { request_id: requestId(), token: randomText(16), day: app.state.hours.day || "", ...what, ...this.extras.params() };
    return this.send();
  }

  // What a precheck led to: `reason` why the number is given all the same.
  cleared(check, reason) {
    this.checked.add(check.precheck);
    if (reason) this.reason = [this.reason, reason].filter(Boolean).join(" · ").slice(0, 200);
    this.take();
  }

  // One press, one number: while nobody knows whether the last request was heard, the same one is sent again.
  async send() {
    const { app } = this;
    this.busy = true;
    app.say(null);
    try {
      const ticket = await app.wire.call("issue_ticket", this.sent);
      remember(this.storage, ticket.services);
      const { language } = this.extras;
      this.sent = null;
      this.reset();
      await app.issued(ticket, language);
    } catch (error) {
      if (!(error instanceof Refused)) return app.say(say("unsure"));
      this.sent = null;
      app.say(error.message);
    } finally {
      this.busy = false;
    }
  }

  reset() {
    this.empty();
    this.extras.reset();
    this.drawPrinter();
    this.finder.clear();
    this.focus();
  }
}
