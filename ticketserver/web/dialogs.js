// The dialogs that ask before an act. Each builds its parts and a `submit()` that gives the steps to send, or a
// sentence about what is missing. A refusal stays in the dialog, where it can be mended.

import { clockTime, todayAt } from "./clock.js";
import { byId, h } from "./dom.js";
import { choices, finder, reason, serviceOptions } from "./pickers.js";
import { searching } from "./service_search.js";
import { named, t, term } from "./texts.js";
import { randomText } from "./wire.js";

const say = (key, values) => t(`console.dialog.${key}`, values);
const missing = (key) => ({ missing: say(key) });
const send = (method, params) => ({ steps: [[method, params]] });
const MINUTE_MS = 60000;

export const dialogOpen = () => Boolean(document.querySelector("dialog[open]"));

// Digits choose a radio button while no text is being written: of the group that has the focus, or of the first one.
function digits(event) {
  if (event.target.matches("input[type=text], input[type=number], input[type=time]")) return;
  const group = event.target.closest("fieldset") || event.currentTarget;
  const wanted = group.querySelector(`[data-digit="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  wanted.checked = true;
  wanted.focus();
  wanted.dispatchEvent(new Event("change", { bubbles: true }));
  event.preventDefault();
}

export function show(title, { hint, parts, focus, submit, wide }) {
  const before = document.activeElement;
  const error = h("p", { class: "error", role: "alert" });
  const confirm = submit && h("button", { type: "submit", class: "primary" }, say("confirm"));
  const cancel = h("button", { type: "button", onclick: () => leave() }, say(submit ? "cancel" : "leave"), h("kbd", {}, "Esc"));
  const heading = h("h2", { id: "dialog-title" }, title);
  const form = h("form", { method: "dialog" }, heading, hint && h("p", { class: "quiet" }, hint), parts, error,
    h("div", { class: "buttons" }, cancel, confirm));
  const dialog = h("dialog", { "aria-labelledby": "dialog-title", class: wide ? "wide" : "" }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!submit || confirm.disabled) return;
    confirm.disabled = true;
    const problem = await submit();
    confirm.disabled = false;
    if (problem) error.textContent = problem;
    else leave();
  });
  // All at once: the browser's own closing leaves the focus in the closed dialog for a moment, and a key typed then is lost.
  function leave() {
    dialog.close();
    dialog.remove();
    if (before?.isConnected) before.focus();
  }
  dialog.addEventListener("keydown", digits);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  byId("dialogs").append(dialog);
  dialog.showModal();
  focus?.();
  return leave;
}

// A dialog for an action: sends what `make()` gives and closes when it was done. `found`: the finder it is built of.
function ask(app, action, title, { make, found, ...rest }) {
  const submit = async () => {
    await found?.settled();
    const made = make();
    return made.missing || app.perform(action, made.steps);
  };
  return show(title, { ...(found && { wide: true, parts: found.element, focus: found.focus }), ...rest, submit });
}

const items = (chosen) => chosen.map(([service, quantity]) => (quantity > 1 ? { service, quantity } : { service }));
const nameOf = (state, code) => (state.services.has(code) ? named(state.services.get(code), "plain") : code);

function finishPartly(app, action) {
  const view = app.state.counter;
  const why = reason("not_done");
  const ticks = (view.visit?.here || []).map((code) => h("input", { type: "checkbox", value: code, checked: true }));
  const rating = h("input", { type: "checkbox" });
  const rows = ticks.map((tick) => h("label", {}, tick, h("span", {}, nameOf(app.state, tick.value))));
  const list = h("fieldset", { class: "choices" }, rows.length ? rows : h("p", { class: "quiet" }, t("console.hand.nothing_here")));
  ask(app, action, say("finish", { number: view.number }), {
    hint: say("finish_hint"),
    parts: [list, why.element, h("label", { class: "line" }, rating, h("span", {}, say("ask_rating")))],
    focus: () => (ticks[0] || rating).focus(),
    make: () => {
      const not_done = ticks.filter((tick) => !tick.checked).map((tick) => tick.value);
      if (not_done.length && !why.value()) return missing("reason_missing");
      return send("finish_service", { not_done, reason: why.value(), ask_rating: rating.checked });
    },
  });
}

function addServices(app, action) {
  const { visit, number } = app.state.counter;
  const open = visit.services.map((each) => each.service);
  const found = finder(serviceOptions(app.state, { without: open }), { multiple: true, label: t("console.search.label"), find: searching(app, { situations: true }) });
  ask(app, action, say("add_services", { number }), {
    found,
    make: () => {
      const services = items(found.value());
      return services.length ? send("add_services", { visit_id: visit.visit_id, services }) : missing("nothing_chosen");
    },
  });
}

function hold(app, action) {
  const kinds = ["papers_kept", "papers_not_kept", "waiting_step"].map((kind) => [kind, term("hold_kind", kind)]);
  const kind = choices(kinds);
  const same = h("input", { type: "checkbox" });
  ask(app, action, say("hold", { number: app.state.counter.number }), {
    hint: say("hold_note"),
    parts: [kind.element, h("label", { class: "line" }, same, h("span", {}, say("same_counter")))],
    focus: kind.focus,
    make: () => send("hold_visit", { kind: kind.value(), same_counter: same.checked }),
  });
}

function transferTargets(app) {
  const { state } = app;
  const counterOptions = [...state.counters.values()]
    .filter((view) => view.counter !== state.mine)
    .map((view) => {
      const zone = named(state.zoneNames.get(view.zone) || { name_zh: view.zone });
      return { id: String(view.counter), text: zone, detail: term("counter_state", view.state), words: `${view.counter} ${zone}` };
    });
  const zoneOptions = [...state.zoneNames.values()].map((zone) => ({
    id: zone.zone, text: named(zone), detail: (zone.counters || []).join(" "), words: `${zone.zone} ${zone.name_zh} ${zone.name_en}`,
  }));
  return {
    service: finder(serviceOptions(state, { elsewhere: true }), { label: t("console.search.label"), find: searching(app) }),
    zone: finder(zoneOptions),
    to_counter: finder(counterOptions),
  };
}

function transfer(app, action) {
  const { state } = app;
  const targets = transferTargets(app);
  const why = reason("transfer_visit");
  const mode = choices([["service", say("to_service")], ["zone", say("to_zone")], ["to_counter", say("to_counter")]]);
  const place = h("div", {}, targets.service.element);
  mode.element.classList.add("tabs");
  mode.onchange(() => {
    place.replaceChildren(targets[mode.value()].element);
    targets[mode.value()].focus();
  });
  ask(app, action, say("transfer", { number: state.counter.number }), {
    found: { settled: () => targets[mode.value()].settled() },
    parts: [mode.element, place, why.element],
    focus: mode.focus,
    make: () => {
      const target = targets[mode.value()].value();
      if (target === undefined) return missing("transfer_missing");
      return send("transfer_visit", { [mode.value()]: mode.value() === "to_counter" ? Number(target) : target, reason: why.value() });
    },
  });
}

function requeue(app, action) {
  const why = reason("requeue_visit");
  ask(app, action, say("requeue", { number: app.state.counter.number }), {
    hint: say("requeue_hint"),
    parts: why.element,
    focus: why.focus,
    make: () => send("requeue_visit", { reason: why.value() }),
  });
}

function priority(app, action) {
  const { visit, number } = app.state.counter;
  const seen = choices([["yes", say("priority_seen")], ["no", say("priority_none")]]);
  ask(app, action, say("priority", { number }), {
    parts: seen.element,
    focus: seen.focus,
    make: () => send("confirm_priority", { visit_id: visit.visit_id, confirmed: seen.value() === "yes" }),
  });
}

function callVisit(app, action, number = "") {
  const field = h("input", { type: "text", class: "number", autocomplete: "off", spellcheck: "false", value: number, "aria-label": say("number"), placeholder: "A012" });
  const why = reason("call_visit");
  ask(app, action, say("call_visit"), {
    hint: say("call_visit_hint"),
    parts: [field, why.element],
    focus: () => (number ? why : field).focus(),
    make: () => {
      const wanted = field.value.trim().toUpperCase();
      if (!wanted) return missing("number_missing");
      return why.value() ? send("call_visit", { number: wanted, reason: why.value() }) : missing("reason_missing");
    },
  });
}

function walkIn(app, action) {
  const found = finder(serviceOptions(app.state, { purposes: true }), { multiple: true, label: t("console.search.label"), find: searching(app, { situations: true }) });
  const why = reason("serve_walk_in");
  const token = randomText(16);
  ask(app, action, say("walk_in"), {
    found,
    hint: say("walk_in_hint"),
    parts: [found.element, why.element],
    make: () => {
      const chosen = found.value();
      if (!chosen.length) return missing("nothing_chosen");
      if (!why.value()) return missing("reason_missing");
      return send("serve_walk_in", { token, services: items(chosen), reason: why.value() });
    },
  });
}

// Visits of today in one state, to choose one by number.
async function chooseVisit(app, action, title, { states, empty, hint, make }) {
  const visits = await app.reading.visits({ states });
  if (!visits.length) return app.say(t(`console.waiting.${empty}`));
  const options = visits.map((visit) => {
    const services = visit.services.map((each) => nameOf(app.state, each.service)).join(t("console.and"));
    const detail = visit.held ? term("hold_kind", visit.held) : t("console.waiting.returns_left", { count: visit.returns_left || 0 });
    return { id: visit.number, text: services, detail, words: `${visit.number} ${services}` };
  });
  const found = finder(options, { label: say("number") });
  return ask(app, action, say(title), {
    found,
    hint,
    make: () => (found.value() ? make(found.value()) : missing("number_missing")),
  });
}

const resumeVisit = (app, action) =>
  chooseVisit(app, action, "resume_visit", {
    states: ["held"], empty: "held_empty", make: (number) => send("resume_visit", { number }),
  });

const checkIn = (app, action) =>
  chooseVisit(app, action, "check_in", {
    states: ["no_show"], empty: "missed_empty", hint: say("check_in_hint"), make: (number) => send("check_in", { number }),
  });

function close(app, action) {
  const { now } = app.state;
  const later = [15, 30, 60].map((minutes) => [String(now + minutes * MINUTE_MS), say("in_minutes", { minutes, time: clockTime(now + minutes * MINUTE_MS) })]);
  const when = choices([["0", say("not_today")], ...later, ["at", say("at_time")]]);
  const time = h("input", { type: "time", "aria-label": say("at_time") });
  when.onchange(() => when.value() === "at" && time.focus());
  ask(app, action, say("close"), {
    parts: [when.element, time],
    focus: when.focus,
    make: () => {
      if (when.value() !== "at") return send("close_counter", { returns_at_ms: Number(when.value()) });
      const at = todayAt(now, time.value);
      return at > now ? send("close_counter", { returns_at_ms: at }) : missing("time_missing");
    },
  });
}

export function chooseCounter(app) {
  const { state } = app;
  const field = h("input", { type: "number", min: "1", max: "999", class: "number", "aria-label": say("choose_counter") });
  const leave = show(say("choose_counter"), {
    wide: true,
    hint: say("choose_counter_hint"),
    parts: [field, counterGrid(state, (counter) => {
      app.chooseCounter(counter);
      leave();
    })],
    focus: () => field.focus(),
    submit: () => {
      const wanted = Number(field.value);
      if (!state.counters.has(wanted)) return say("counter_missing", { counter: field.value });
      app.chooseCounter(wanted);
      return "";
    },
  });
}

function counterGrid(state, pick) {
  const views = [...state.counters.values()].sort((one, other) => one.counter - other.counter);
  return h(
    "div",
    { class: "counters" },
    views.map((view) =>
      h(
        "button",
        { type: "button", class: view.counter === state.mine ? "mine" : "", onclick: () => pick(view.counter) },
        h("b", {}, String(view.counter)),
        h("span", { class: `dot ${view.state}` }, term("counter_state", view.state)),
      ),
    ),
  );
}

export const DIALOGS = {
  finishPartly, addServices, hold, transfer, requeue, priority, callVisit, walkIn, resumeVisit, checkIn, close,
};
