// The number in question: just taken, or found. Large, with its check code, where it stands, and what can be done with it.

import { clockTime } from "./clock.js";
import { byId, h, redraw, write } from "./dom.js";
import { ACTS } from "./guide_acts.js";
import { perform } from "./guide_keys.js";
import { serviceNames, where } from "./guide_words.js";
import { named, t, term } from "./texts.js";

const say = (key, values) => t(`guide.card.${key}`, values);

export function drawCard(app) {
  const { ticket } = app;
  const box = byId("card");
  if (!ticket) return redraw(box, h("h2", { id: "card-title" }, say("title")), h("p", { class: "quiet" }, say("none")));
  return redraw(
    box,
    h("div", { class: "who" }, h("h2", { id: "card-title", class: "number" }, ticket.number), facts(app, ticket)),
    h("p", { class: "services-line" }, serviceNames(app.state, ticket)),
    h("p", { id: "print-status", role: "status" }),
    h("div", { class: "acts" }, ACTS.map((act) => button(app, act, ticket))),
  );
}

function facts(app, ticket) {
  return h(
    "div",
    { class: "facts" },
    h("p", {}, h("span", { class: `dot ${ticket.state}` }, term("visit_state", ticket.state)), ticket.priority && priorityMark(app, ticket)),
    h("p", {}, say("check_code"), h("b", { class: "check-code" }, ticket.check_code), h("span", { class: "quiet" }, say("taken", { time: clockTime(ticket.issued_at_ms) }))),
    h("p", { class: "wait" }, place(app, ticket)),
  );
}

function place(app, ticket) {
  if (ticket.state === "waiting") return [where(app.state, ticket), ticket.more_ahead && term("ahead_reason", ticket.more_ahead)].filter(Boolean).join(" · ");
  if (ticket.counter) return t("console.window", { counter: ticket.counter });
  return ticket.state === "no_show" ? t("console.waiting.returns_left", { count: ticket.returns_left || 0 }) : "";
}

function priorityMark(app, ticket) {
  const known = app.state.priorities.get(ticket.priority);
  const name = known ? named(known) : ticket.priority;
  return h("span", { class: ticket.priority_confirmed ? "priority sure" : "priority" }, say(ticket.priority_confirmed ? "priority" : "priority_open", { name }));
}

function button(app, act, ticket) {
  return h(
    "button",
    { type: "button", id: `act-${act.id}`, "data-focus": act.id, "aria-disabled": act.when(ticket) ? undefined : "true", "aria-keyshortcuts": `Alt+${act.key}`, onclick: () => perform(app, act) },
    h("span", {}, t(`guide.act.${act.id}`)),
    h("kbd", {}, act.key),
  );
}

// Apart, since it changes by itself and is read out.
export function drawPrint(app) {
  const line = byId("print-status");
  if (!line) return;
  const print = app.prints.last.get(app.ticket.visit_id);
  const words = print ? app.prints.words(print) : app.ticket.printed ? say("has_slip") : say("no_slip");
  write(line, words);
  line.className = print && app.prints.wentWrong(print) && !app.ticket.printed ? "bad" : "";
}
