// Draws the head, the visit in hand, the acts and the log of a counter out of state.js. Decides nothing.

import { ACTIONS, labelOf } from "./actions.js";
import { clockTime } from "./clock.js";
import { byId, h, redraw, write } from "./dom.js";
import { minutesOf, named, span, t, term } from "./texts.js";

const GROUPS = ["visit", "others", "counter"];
const say = (key, values) => t(`console.hand.${key}`, values);

export function drawHead(app) {
  const { state } = app;
  const zone = state.counter && state.zoneNames.get(state.counter.zone);
  redraw(
    byId("head"),
    h("strong", { class: "hall" }, state.hello ? named(state.hello) : t("console.title")),
    h(
      "button",
      { type: "button", class: "counter", "data-focus": "counter", "aria-keyshortcuts": "G", onclick: app.askCounter },
      h("b", {}, state.mine ? t("console.window", { counter: state.mine }) : t("console.change_counter")),
      zone && h("span", {}, named(zone)),
      h("kbd", {}, "G"),
    ),
    h("span", { class: "phase" }, phaseText(state)),
    app.role === "supervisor" && h("span", { class: "role" }, t("console.role_supervisor")),
    h("time", { id: "clock" }, clockTime(state.now)),
    app.announce?.buttons(),
    app.devices.button(),
    h("button", { type: "button", "data-focus": "language", "aria-keyshortcuts": "L", onclick: app.switchLanguage }, t("console.language"), h("kbd", {}, "L")),
    h("button", { type: "button", "data-focus": "help", "aria-keyshortcuts": "?", onclick: app.help }, t("console.help_button"), h("kbd", {}, "?")),
  );
}

function phaseText(state) {
  if (!state.hours) return "";
  return state.hours.calling_paused ? t("console.calling_paused") : term("phase", state.hours.phase);
}

export function drawStale(state) {
  const bar = byId("stale");
  bar.hidden = state.up;
  document.body.classList.toggle("stale", !state.up);
  write(bar, state.reason ? t("console.refused_hello", { reason: state.reason }) : t("console.stale"));
}

export function drawHand(app) {
  const { state } = app;
  const view = state.counter;
  const box = byId("hand");
  box.className = view ? view.state : "closed";
  if (!view) return redraw(box);
  const said = `${term("counter_state", view.state)} ${view.number || ""}`;
  document.title = `${said} · ${t("console.window", { counter: view.counter })}`;
  // Heard once at each change; the drawing itself has a clock that would be read out every second.
  write(byId("said"), said);
  return redraw(box, stateLine(state, view), view.visit ? visitParts(state, view) : emptyParts(view), offered(view), reopenable(app, view));
}

function stateLine(state, view) {
  return h(
    "div",
    { class: "state" },
    h("span", { class: `dot ${view.state}` }, term("counter_state", view.state)),
    view.calls_made && h("span", {}, say("calls", { calls: view.calls_made })),
    h("span", { id: "call-clock", class: "timer" }, callClock(state, view)),
    view.pause_after && h("span", { class: "mark" }, say("pause_after")),
  );
}

export function callClock(state, view) {
  if (view.state !== "calling") return "";
  if (view.clock_from_ms && view.clock_from_ms <= state.now) return say("since_spoken", { time: span(state.now - view.clock_from_ms) });
  return `${say("called_for", { time: span(state.now - view.called_at_ms) })} · ${say("not_spoken")}`;
}

function emptyParts(view) {
  const hint = { closed: "closed_hint", idle: "idle_hint", ready: "ready_hint", paused: "paused_hint" }[view.state];
  const due = view.state === "closed" && view.due_from_ms ? h("p", { class: "quiet" }, say("due_from", { time: clockTime(view.due_from_ms) })) : null;
  return [h("div", { class: "number none" }, view.state === "closed" ? say("closed") : say("nobody")), hint && h("p", { class: "hint" }, say(hint)), due];
}

function visitParts(state, view) {
  const { visit } = view;
  return [
    h("div", { class: "who" }, h("div", { class: "number" }, view.number), h("div", { class: "marks" }, priorityMark(state, visit), facts(state, visit))),
    h("div", { class: "services" }, services(state, visit, "here"), services(state, visit, "elsewhere")),
  ];
}

function priorityMark(state, visit) {
  if (!visit.priority) return null;
  const known = state.priorities.get(visit.priority);
  const basis = visit.priority_basis ? term("basis", visit.priority_basis) : "";
  const text = known ? say("priority_basis", { name: named(known), basis }) : say("priority");
  return h("p", {}, h("span", { class: `priority ${visit.priority_confirmed ? "sure" : ""}` }, text), !visit.priority_confirmed && h("span", { class: "quiet" }, say("priority_open")));
}

function facts(state, visit) {
  const known = [
    say("taken_at", { time: clockTime(visit.issued_at_ms) }),
    say("waited", { minutes: minutesOf(state.now - visit.issued_at_ms) }),
    visit.on_behalf && say("on_behalf"),
    visit.employers && say("employers", { count: visit.employers }),
  ];
  return h("p", { class: "quiet" }, known.filter(Boolean).join(" · "));
}

function services(state, visit, which) {
  const codes = visit[which] || [];
  const rows = which === "here" ? visit.services.filter((each) => codes.includes(each.service) || (each.status && each.status !== "open")) : visit.services.filter((each) => codes.includes(each.service));
  if (!rows.length) return which === "here" ? h("p", { class: "quiet" }, say("nothing_here")) : null;
  return h("div", { class: which }, h("h3", {}, say(which)), h("ul", {}, rows.map((each) => serviceRow(state, each))));
}

function serviceRow(state, each) {
  const known = state.services.get(each.service);
  const ended = each.status && each.status !== "open";
  return h(
    "li",
    { class: ended ? "ended" : "", title: known ? named(known) : "" },
    h("span", {}, known ? named(known, "plain") : each.service),
    h("span", { class: "code" }, known?.purpose ? "" : each.service),
    each.quantity > 1 && h("b", {}, say("quantity", { count: each.quantity })),
    ended && h("span", { class: "quiet" }, say(each.status)),
  );
}

function offered(view) {
  return view.no_show_offered && h("p", { class: "offer" }, say("offered", { number: view.number, calls: view.calls_made }));
}

function reopenable(app, view) {
  if (!view.reopenable?.length) return null;
  const action = ACTIONS.find((each) => each.id === "reopen_visit");
  return h(
    "p",
    { class: "reopen" },
    h("span", { class: "quiet" }, say("reopenable")),
    view.reopenable.map((number, place) =>
      h("button", { type: "button", "data-focus": `reopen-${number}`, onclick: () => app.perform(action, [["reopen_visit", { number }]]) }, number, place === 0 && h("kbd", {}, "U")),
    ),
  );
}

// The buttons are made once for each language and then only marked, so that the focus and the place of each stay.
export function makeActions(app) {
  const button = (action) =>
    h("button", { type: "button", id: `act-${action.id}`, "data-focus": action.id, "aria-keyshortcuts": action.key, onclick: () => app.act(action) },
      h("span", { class: "label" }), h("kbd", {}, action.key));
  const group = (name) =>
    h("div", { class: `group ${name}`, role: "group", "aria-label": name === "main" ? t("console.title") : t(`console.actions.${name}`) },
      name !== "main" && h("h3", {}, t(`console.actions.${name}`)),
      h("div", { class: "buttons" }, ACTIONS.filter((action) => action.group === name).map(button)));
  redraw(byId("actions"), group("main"), GROUPS.map(group));
}

export function drawActions(app) {
  const view = app.state.counter;
  for (const action of ACTIONS) {
    const button = byId(`act-${action.id}`);
    const can = Boolean(view) && app.state.up && action.when(view);
    button.setAttribute("aria-disabled", String(!can));
    button.classList.toggle("pending", app.state.pending === action.id);
    write(button.querySelector(".label"), t(`console.actions.${labelOf(action, view)}`));
  }
}

export function drawMessage(state) {
  const box = byId("message");
  Object.assign(box, { hidden: !state.message, className: state.good ? "good" : "" });
  write(box, state.message || "");
}

export function drawLog(state) {
  const rows = state.log.map((entry) =>
    h("li", {}, h("time", {}, clockTime(entry.at)), h("span", {}, entry.text), entry.foreign && h("span", { class: "quiet" }, t("console.log.by_others"))),
  );
  redraw(byId("log"), h("h3", {}, t("console.log.title")), rows.length ? h("ol", { tabIndex: 0, "data-focus": "log" }, rows) : h("p", { class: "quiet" }, t("console.log.empty")));
}
