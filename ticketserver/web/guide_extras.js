// What else a number is taken with: priority, for somebody else, for how many employers; which printer, in which language.

import { byId, h } from "./dom.js";
import { named, t } from "./texts.js";

const HAND = "";
const AS_HALL = "";

const say = (key, values) => t(`guide.take.${key}`, values);

// The languages of a slip, each in its own words; first as the hall prints them.
export const languageOptions = (languages) => [[AS_HALL, say("as_hall")], ...languages.map((each) => [each, new Intl.DisplayNames([each], { type: "language" }).of(each)])];

export class Extras {
  // `changed`: what a number would mean may have changed.
  constructor(app, changed) {
    this.app = app;
    this.changed = changed;
    this.empty();
  }

  empty() {
    this.priority = "";
    this.onBehalf = false;
    this.employers = 0;
    this.language = AS_HALL;
  }

  claim() {
    return this.priority ? { priority: { class_id: this.priority, basis: "seen" } } : {};
  }

  // As `issue_ticket` takes them.
  params() {
    return { ...this.claim(), ...(this.onBehalf && { on_behalf: true }), ...(this.employers && { employers: this.employers }) };
  }

  reset() {
    this.empty();
    byId("extras").replaceWith(this.build());
    this.drawPrinter();
  }

  build() {
    const { app } = this;
    const priorities = [["", say("no_priority")], ...[...app.state.priorities.values()].map((each) => [each.class_id, named(each)])];
    const employers = h("input", { type: "number", id: "employers", min: "0", max: "500", placeholder: "0", value: this.employers ? String(this.employers) : "", oninput: (event) => {
      this.employers = Math.max(0, Math.min(500, Math.floor(Number(event.target.value)) || 0));
    } });
    return h(
      "div",
      { class: "choose", id: "extras" },
      this.select("priority", priorities, this.priority, (value) => {
        this.priority = value;
        this.changed();
      }),
      this.select("printer", [], "", (value) => {
        app.prints.choose(value);
        this.drawPrinter();
      }),
      this.select("language", languageOptions(app.languages), this.language, (value) => {
        this.language = value;
      }),
      h(
        "div",
        { class: "two" },
        h("label", {}, h("span", {}, say("employers")), employers),
        h("label", { class: "line" }, h("input", { type: "checkbox", id: "on-behalf", checked: this.onBehalf, onchange: (event) => {
          this.onBehalf = event.target.checked;
        } }), h("span", {}, say("on_behalf"))),
      ),
    );
  }

  select(id, rows, chosen, heard) {
    const options = rows.map(([value, text]) => h("option", { value, selected: value === chosen }, text));
    return h("label", {}, h("span", {}, say(id)), h("select", { id, onchange: (event) => heard(event.target.value) }, options));
  }

  // The kiosks, as they are now.
  drawPrinter() {
    const { prints } = this.app;
    const { chosen } = prints;
    const options = prints.kiosks.map((each) => h("option", { value: each.kiosk, selected: each === chosen }, prints.label(each)));
    byId("printer").replaceChildren(...options, h("option", { value: HAND, selected: !chosen }, say("by_hand")));
    byId("printer").classList.toggle("faulty", Boolean(chosen && prints.fault(chosen)));
  }
}
