// What is asked before something is done with a number. A refusal stays in the dialog, where it can be mended.

import { show } from "./dialogs.js";
import { h } from "./dom.js";
import { finder } from "./finder.js";
import { change, print } from "./guide_changes.js";
import { languageOptions } from "./guide_extras.js";
import { serviceNames, zoneName } from "./guide_words.js";
import { choices } from "./pickers.js";
import { searching } from "./service_search.js";
import { t } from "./texts.js";

const say = (key, values) => t(`guide.dialog.${key}`, values);
const HAND = "hand";

// The kiosks by digit; the last row is the hand-written slip.
export function printOn(app, ticket) {
  const { prints } = app;
  const rows = [...prints.kiosks.map((each) => [each.kiosk, prints.label(each)]), [HAND, t("guide.take.by_hand")]];
  const place = choices(rows, { checked: prints.chosen ? prints.kiosks.indexOf(prints.chosen) : rows.length - 1 });
  const language = h("select", { id: "print-language" }, languageOptions(app.languages).map(([value, text]) => h("option", { value }, text)));
  show(say("print", { number: ticket.number }), {
    hint: say("print_hint"),
    parts: [place.element, h("label", { class: "line" }, t("guide.take.language"), language)],
    focus: place.focus,
    submit: async () => {
      if (place.value() !== HAND) return print(app, ticket, place.value(), language.value);
      // This dialog closes first.
      setTimeout(() => byHand(app, ticket));
      return "";
    },
  });
}

export function addServices(app, ticket) {
  const there = new Set(ticket.services.map((each) => each.service));
  const options = app.take.options().filter((option) => !there.has(option.id) && !app.state.services.get(option.id).purpose);
  const found = finder(options, { multiple: true, label: t("console.search.label"), find: searching(app, { situations: true }) });
  show(t("console.dialog.add_services", { number: ticket.number }), {
    wide: true,
    hint: say("add_hint"),
    parts: found.element,
    focus: found.focus,
    submit: async () => {
      await found.settled();
      const services = found.value().map(([service, quantity]) => (quantity > 1 ? { service, quantity } : { service }));
      return services.length ? change(app, "add_services", { visit_id: ticket.visit_id, services }) : t("console.dialog.nothing_chosen");
    },
  });
}

export function confirmPriority(app, ticket) {
  const seen = choices([["yes", t("console.dialog.priority_seen")], ["no", t("console.dialog.priority_none")]]);
  show(t("console.dialog.priority", { number: ticket.number }), {
    parts: seen.element,
    focus: seen.focus,
    submit: () => change(app, "confirm_priority", { visit_id: ticket.visit_id, confirmed: seen.value() === "yes" }),
  });
}

export function cancel(app, ticket) {
  show(say("cancel", { number: ticket.number }), {
    hint: say("cancel_hint"),
    parts: [],
    submit: () => change(app, "cancel_ticket", { visit_id: ticket.visit_id, reason: "staff" }),
    focus: () => document.querySelector("dialog .primary").focus(),
  });
}

// Large enough to copy without a mistake, and once it is written the kiosks list the number as missing no more.
export function byHand(app, ticket) {
  show(say("by_hand"), {
    wide: true,
    hint: say("by_hand_hint"),
    parts: h(
      "div",
      { class: "slip" },
      h("p", { class: "big" }, ticket.number),
      h("p", { class: "check" }, t("guide.card.check_code"), h("b", {}, ticket.check_code)),
      h("p", {}, zoneName(app.state, ticket.zone)),
      h("p", {}, serviceNames(app.state, ticket)),
    ),
    submit: () => change(app, "report_print", { visit_id: ticket.visit_id, outcome: "assumed", detail: "written by hand" }, "by_hand"),
    focus: () => document.querySelector("dialog .primary").focus(),
  });
}
