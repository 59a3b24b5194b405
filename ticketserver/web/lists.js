// Draws the right side: who waits for this counter and why each is next, held and missed numbers, waiting by zone.

import { ACTIONS } from "./actions.js";
import { clockTime } from "./clock.js";
import { byId, h, redraw } from "./dom.js";
import { minutesOf, minutesSaid, named, t, term } from "./texts.js";
import { waitRows } from "./waits.js";

// What each list of visits asks the server for. Ratings are the supervisor's: 1 and 2 are bad ones.
export const TAB_QUERIES = { held: { states: ["held"] }, missed: { states: ["no_show"] }, rated: { rated_at_most: 2 } };
const SUPERVISORS_ONLY = ["rated", "waits"];

export const tabsOf = (app) => ["waiting", ...Object.keys(TAB_QUERIES), "waits"].filter((tab) => app.role === "supervisor" || !SUPERVISORS_ONLY.includes(tab));

const say = (key, values) => t(`console.waiting.${key}`, values);
const actionOf = (id) => ACTIONS.find((action) => action.id === id);

export function drawLists(app) {
  const { state } = app;
  const tabs = tabsOf(app).map((tab, place) =>
    h(
      "button",
      { type: "button", role: "tab", id: `tab-${tab}`, "data-focus": `tab-${tab}`, "aria-selected": String(state.tab === tab), "aria-controls": "panel", "aria-keyshortcuts": String(place + 1), onclick: () => app.showTab(tab) },
      say(`tab_${tab}`),
      tab === "waiting" && h("b", {}, String(state.counter?.waiting || 0)),
      h("kbd", {}, String(place + 1)),
    ),
  );
  const body = { waiting: waitingRows, rated: ratedRows, waits: waitRows }[state.tab] || visitRows;
  redraw(byId("lists"), h("div", { role: "tablist" }, tabs), h("div", { id: "panel", role: "tabpanel", tabIndex: 0, "data-focus": "panel", "aria-labelledby": `tab-${state.tab}` }, h("ol", { id: "list" }, body(app))));
}

const empty = (key) => h("li", { class: "quiet empty" }, say(key));

function waitingRows(app) {
  const { waiting } = app.state;
  if (!waiting) return [];
  const rows = (waiting.rows || []).map((row, place) => waitingRow(app, row, place));
  const more = waiting.waiting - rows.length;
  if (!rows.length) return empty("empty");
  return more > 0 ? [rows, h("li", { class: "quiet" }, say("more", { count: more }))] : rows;
}

function waitingRow(app, row, place) {
  const { state } = app;
  const marks = [
    row.overtaken && say("overtaken", { count: row.overtaken }),
    row.not_before && say("not_before"),
  ].filter(Boolean);
  return h(
    "li",
    { class: place === 0 && !row.not_before ? "next" : "" },
    h("div", {}, place === 0 && !row.not_before && h("span", { class: "tag" }, say("next")), h("b", { class: "no" }, row.number), row.priority && h("span", { class: "priority sure" }, t("console.hand.priority")),
      h("span", { class: "minutes", title: clockTime(row.joined_at_ms) }, say("minutes", { minutes: minutesOf(state.now - row.joined_at_ms) }))),
    h("div", { class: "what" }, serviceNames(state, row.services)),
    h("div", { class: "why" }, [term("call_reason", row.reason), ...marks].join(" · ")),
    h("button", { type: "button", class: "small", "data-focus": `call-${row.number}`, "aria-label": `${say("call_this")} ${row.number}`, onclick: () => app.act(actionOf("call_visit"), row.number) }, say("call_this")),
  );
}

function nameOf(state, each) {
  const known = state.services.get(each.service);
  return known ? named(known, "plain") : each.service;
}

export function serviceNames(state, services) {
  return services
    .filter((each) => !each.status || each.status === "open")
    .map((each) => (each.quantity > 1 ? `${nameOf(state, each)}×${each.quantity}` : nameOf(state, each)))
    .join(t("console.and"));
}

function visitRows(app) {
  const { state } = app;
  const held = state.tab === "held";
  const action = actionOf(held ? "resume_visit" : "check_in");
  if (!state.visits.length) return empty(held ? "held_empty" : "missed_empty");
  return state.visits.map((visit) => {
    const why = held && visit.held ? term("hold_kind", visit.held) : say("returns_left", { count: visit.returns_left || 0 });
    return h(
      "li",
      {},
      h("div", {}, h("b", { class: "no" }, visit.number), h("span", { class: "minutes" }, clockTime(visit.issued_at_ms))),
      h("div", { class: "what" }, serviceNames(state, visit.services)),
      h("div", { class: "why" }, why),
      h("button", { type: "button", class: "small", "data-focus": `do-${visit.number}`, "aria-label": `${t(`console.actions.${action.id}`)} ${visit.number}`, onclick: () => app.perform(action, [[action.id, { number: visit.number }]]) }, t(`console.actions.${action.id}`)),
    );
  });
}

function ratedRows({ state }) {
  if (!state.visits.length) return empty("rated_empty");
  return state.visits.map((visit) =>
    h(
      "li",
      {},
      h("div", {}, h("b", { class: "no" }, visit.number), h("span", { class: "minutes" }, clockTime(visit.issued_at_ms))),
      visit.services.filter((each) => each.rating).map((each) => h("div", { class: "what" }, say("rated", { service: nameOf(state, each), level: say(`level_${each.rating}`) }))),
    ),
  );
}

export function drawZones(app) {
  const { state } = app;
  const rows = state.zones.map((zone) => {
    const [low, high] = minutesSaid(zone.wait_p50_ms, zone.wait_p90_ms);
    const wait = say("zone_wait", { low, high, count: zone.counters_open || 0 });
    return h(
      "li",
      { class: zone.zone === state.counter?.zone ? "mine" : "", title: wait },
      h("span", {}, named(state.zoneNames.get(zone.zone) || { name_zh: zone.zone })),
      zone.stranded && h("span", { class: "stranded" }, say("zone_stranded", { count: zone.stranded })),
      h("span", { class: "quiet" }, say("zone_open", { count: zone.counters_open || 0 })),
      h("b", {}, String(zone.waiting)),
    );
  });
  redraw(byId("zones"), h("h3", {}, say("zones")), h("ul", { tabIndex: 0, "data-focus": "zones" }, rows));
}
