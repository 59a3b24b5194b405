// Finds a number of today: by the number, by what it is for, by about when it was taken, by how it stands.

import { clockTime, todayAt } from "./clock.js";
import { byId, h, redraw, write } from "./dom.js";
import { serviceNames } from "./guide_words.js";
import { rested } from "./rested.js";
import { findServices } from "./service_search.js";
import { named, t, term } from "./texts.js";

const ROWS = 30;
// A word may mean several services; numbers for any of the likeliest are listed.
const MEANT = 5;
const AROUND_MS = 15 * 60000;
// As people say it, with its zeros or without; the server knows which number is meant.
const NUMBER = /^[a-z]?[\s-]?\d{1,5}$/i;
const STATES = ["waiting", "called", "serving", "no_show", "held", "finished", "cancelled"];
const NOT_PRINTED = "not_printed";
const REST_MS = 1000;

const say = (key, values) => t(`guide.find.${key}`, values);

export class List {
  constructor(app) {
    this.app = app;
    this.refresh = rested(REST_MS, () => this.read());
    this.visits = [];
    this.text = "";
    this.time = "";
    this.state = "";
    this.asked = 0;
  }

  build() {
    const heard = (field) => (event) => {
      this[field] = event.target.value;
      this.read();
    };
    const states = [NOT_PRINTED, ...STATES].map((each) => h("option", { value: each, selected: each === this.state }, each === NOT_PRINTED ? say(each) : term("visit_state", each)));
    const form = h(
      "form",
      { onsubmit: (event) => {
        event.preventDefault();
        this.openFirst();
      } },
      h("h2", { id: "find-title" }, say("title"), h("kbd", {}, "F3")),
      h(
        "div",
        { class: "filters" },
        h("input", { type: "text", id: "find-text", autocomplete: "off", spellcheck: "false", value: this.text, placeholder: say("text"), "aria-label": say("text"), oninput: heard("text"), onkeydown: (event) => this.arrow(event) }),
        h("label", {}, h("span", {}, say("around")), h("input", { type: "time", id: "find-time", value: this.time, oninput: heard("time") })),
        h("select", { id: "find-state", "aria-label": say("state"), onchange: heard("state") }, h("option", { value: "" }, say("any_state")), states),
      ),
      h("p", { id: "find-by", class: "quiet", role: "status" }),
    );
    redraw(byId("find"), form, h("ol", { id: "found", onkeydown: (event) => this.arrow(event) }));
    this.read();
  }

  focus() {
    byId("find-text").focus();
    byId("find-text").select();
  }

  // Up and down among the field and the rows.
  arrow(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!move) return;
    const stops = [byId("find-text"), ...byId("found").querySelectorAll("button")];
    const next = stops[stops.indexOf(document.activeElement) + move];
    if (next) next.focus();
    event.preventDefault();
  }

  // The query, and in words what is looked for.
  async query() {
    const text = this.text.normalize("NFKC").trim();
    const query = { limit: this.state === NOT_PRINTED ? 200 : ROWS };
    let words = "";
    if (NUMBER.test(text)) {
      query.number = text;
    } else if (text) {
      const found = await findServices(this.app, text);
      query.services = found ? found.services.slice(0, MEANT) : [];
      if (!query.services.length) return [null, say("no_service")];
      words = say("by_service", { names: query.services.map((code) => named(this.app.state.services.get(code), "plain")).join(t("console.and")) });
    }
    if (this.time) {
      const at = todayAt(this.app.state.now, this.time);
      query.from_ms = Math.max(0, at - AROUND_MS);
      query.to_ms = at + AROUND_MS;
    }
    if (this.state === NOT_PRINTED) query.states = ["waiting", "called", "no_show"];
    else if (this.state) query.states = [this.state];
    return [query, words];
  }

  async read() {
    const { app } = this;
    if (!app.state.up || !byId("found")) return;
    const asked = (this.asked += 1);
    const [query, words] = await this.query();
    if (asked !== this.asked) return;
    try {
      const visits = query ? (await app.wire.call("list_visits", query)).visits || [] : [];
      if (asked !== this.asked) return;
      this.visits = visits.filter((visit) => this.state !== NOT_PRINTED || !visit.printed).slice(0, ROWS);
      write(byId("find-by"), words);
      this.draw();
    } catch (error) {
      // A list that cannot be had is no act of the guide's: the stale mark tells, and the next change asks again.
      console.warn("list", error.message);
    }
  }

  draw() {
    const rows = this.visits.map((visit) => this.row(visit));
    redraw(byId("found"), rows.length ? rows : h("li", { class: "quiet" }, say("nothing")));
  }

  row(visit) {
    const { ticket } = this.app;
    return h(
      "li",
      {},
      h(
        "button",
        { type: "button", "data-focus": `visit-${visit.visit_id}`, "aria-current": ticket && ticket.visit_id === visit.visit_id ? "true" : undefined, onclick: () => this.app.open(visit) },
        h("b", { class: "no" }, visit.number),
        h("time", {}, clockTime(visit.issued_at_ms)),
        h("span", { class: "what" }, serviceNames(this.app.state, visit)),
        h("span", { class: `dot ${visit.state}` }, term("visit_state", visit.state)),
        h("span", { class: "paper" }, visit.printed ? "" : say("no_slip")),
      ),
    );
  }

  // What is written now, not what was listed before the last letter.
  async openFirst() {
    await this.read();
    if (this.visits.length) this.app.open(this.visits[0]);
    else this.app.say(say("nothing"));
  }
}
