// Takes a number for a person: a digit or a few letters, Enter, Enter. What it means is shown before: where, how long, papers.

import { byId, h, redraw, write } from "./dom.js";
import { finder } from "./finder.js";
import { favourites, remember } from "./guide_favourites.js";
import { planParts } from "./guide_plan.js";
import { searching } from "./service_search.js";
import { named, t } from "./texts.js";
import { randomText, Refused, requestId } from "./wire.js";

const HAND = "";

const say = (key, values) => t(`guide.take.${key}`, values);

export class Take {
  constructor(app, storage) {
    this.app = app;
    this.storage = storage;
    this.priority = "";
    this.onBehalf = false;
    this.busy = false;
    this.sent = null;
    this.asked = 0;
  }

  // Once the catalogue is there. `today`: visits from which a new desk learns what is asked for most.
  prepare(today) {
    this.favourites = favourites([...this.app.state.services.values()], this.storage, today);
    this.build();
  }

  options() {
    return [...this.app.state.services.values()].map((service) => ({
      id: service.code,
      code: service.purpose ? t("console.dialog.purpose") : service.code,
      text: named(service, "plain"),
      detail: named(service) === named(service, "plain") ? "" : named(service),
    }));
  }

  // The panel, anew in another language; what was chosen stays.
  build() {
    const before = this.finder ? this.finder.value() : [];
    this.finder = finder(this.options(), { multiple: true, label: t("console.search.label"), find: searching(this.app, { situations: true }), changed: () => this.plan() });
    this.finder.element.addEventListener("keydown", (event) => this.digit(event), true);
    const priorities = [...this.app.state.priorities.values()].map((each) => h("option", { value: each.class_id, selected: each.class_id === this.priority }, named(each)));
    const form = h(
      "form",
      { onsubmit: (event) => {
        event.preventDefault();
        this.take();
      } },
      h("h2", { id: "take-title" }, say("title"), h("kbd", {}, "F2")),
      h("ol", { class: "favourites" }, this.favourites.map((service, place) => this.favourite(service, place))),
      this.finder.element,
      h("div", { id: "plan", "aria-live": "polite" }),
      h(
        "div",
        { class: "choose" },
        h("label", {}, h("span", {}, say("priority")), h("select", { id: "priority", onchange: (event) => {
          this.priority = event.target.value;
          this.plan();
        } }, h("option", { value: "" }, say("no_priority")), priorities)),
        h("label", {}, h("span", {}, say("printer")), h("select", { id: "printer", onchange: (event) => {
          this.app.prints.choose(event.target.value);
          this.drawPrinter();
        } })),
        h("label", { class: "line" }, h("input", { type: "checkbox", id: "on-behalf", checked: this.onBehalf, onchange: (event) => {
          this.onBehalf = event.target.checked;
        } }), h("span", {}, say("on_behalf"))),
      ),
      h("button", { type: "submit", class: "primary", id: "take-button" }, h("span", {}), h("kbd", {}, "Enter")),
    );
    redraw(byId("take"), form);
    this.drawPrinter();
    for (const [code] of before) this.finder.choose(code);
    this.plan();
  }

  favourite(service, place) {
    return h("li", {}, h("button", { type: "button", title: named(service), onclick: () => this.finder.choose(service.code) }, h("kbd", {}, String(place + 1)), h("span", {}, named(service, "plain"))));
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
    const { prints } = this.app;
    const select = byId("printer");
    if (!select) return;
    const chosen = prints.chosen;
    const options = prints.kiosks.map((each) => h("option", { value: each.kiosk, selected: each === chosen }, prints.label(each)));
    select.replaceChildren(...options, h("option", { value: HAND, selected: !chosen }, say("by_hand")));
    select.classList.toggle("faulty", Boolean(chosen && prints.fault(chosen)));
    write(byId("take-button").firstChild, say(chosen ? "take_and_print" : "take"));
  }

  chosen() {
    return this.finder.value().map(([service, quantity]) => (quantity > 1 ? { service, quantity } : { service }));
  }

  claim() {
    return this.priority ? { priority: { class_id: this.priority, basis: "seen" } } : {};
  }

  async plan() {
    const services = this.finder ? this.chosen() : [];
    const asked = (this.asked += 1);
    const box = byId("plan");
    if (!box) return;
    if (!services.length) return redraw(box, h("p", { class: "quiet" }, say("hint")));
    try {
      const plan = await this.app.wire.call("plan_visit", { services, ...this.claim() });
      if (asked === this.asked) redraw(box, planParts(this.app.state, plan, services));
    } catch (error) {
      if (asked === this.asked) redraw(box, h("p", { class: "bad" }, error instanceof Refused ? error.message : say("no_plan")));
    }
  }

  // One press, one number: while nobody knows whether the last request was heard, the same one is sent again.
  async take() {
    const { app } = this;
    await this.finder.settled();
    if (this.busy) return app.say(t("console.actions.busy"));
    if (!this.sent) {
      const services = this.chosen();
      if (!services.length) return app.say(say("nothing"));
      if (!app.state.up) return app.say(t("console.actions.offline", { action: say("title") }));
      this.sent = { request_id: requestId(), token: randomText(16), day: app.state.hours.day || "", services, ...this.claim(), ...(this.onBehalf ? { on_behalf: true } : {}) };
    }
    this.busy = true;
    app.say(null);
    try {
      const ticket = await app.wire.call("issue_ticket", this.sent);
      remember(this.storage, this.sent.services);
      this.sent = null;
      this.reset();
      await app.issued(ticket);
    } catch (error) {
      if (!(error instanceof Refused)) return app.say(say("unsure"));
      this.sent = null;
      app.say(error.message);
    } finally {
      this.busy = false;
    }
  }

  reset() {
    this.priority = "";
    this.onBehalf = false;
    byId("priority").value = "";
    byId("on-behalf").checked = false;
    this.finder.clear();
    this.focus();
  }
}
