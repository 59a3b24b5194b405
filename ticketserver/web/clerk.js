// The clerk console: joins wire, state, keys and what is drawn.

import { labelOf } from "./actions.js";
import { sentenceOf } from "./acts.js";
import { Announce } from "./announce.js";
import { clockTime, useTimeZone } from "./clock.js";
import { chooseCounter, dialogOpen, DIALOGS } from "./dialogs.js";
import { Devices } from "./devices.js";
import { byId, write } from "./dom.js";
import { showHelp } from "./help.js";
import { listen } from "./keys.js";
import { KioskCalls } from "./kiosk_calls.js";
import { readLink } from "./link.js";
import { drawLists, drawZones } from "./lists.js";
import { Reading } from "./reading.js";
import { State } from "./state.js";
import { currentLanguage, loadTexts, t, term } from "./texts.js";
import { callClock, drawActions, drawHand, drawHead, drawLog, drawMessage, drawStale, makeActions } from "./view.js";
import { Refused, requestId, Wire } from "./wire.js";

const LANGUAGE_KEY = "language";
const TOPICS = ["counters", "queue", "help", "devices"];
const REDRAW_LISTS_MS = 20000;
// These name a visit and not the counter it is at.
const OF_A_VISIT = ["add_services", "confirm_priority", "check_in"];

class App {
  constructor(link, client) {
    this.role = link.role;
    this.languages = client.languages;
    this.state = new State(localStorage, sessionStorage);
    const hello = { role: link.role, token: link.token, locale: currentLanguage() };
    this.wire = new Wire(client.ws_url, hello, { topics: TOPICS }, {
      up: (greeting, snapshot) => this.up(greeting, snapshot),
      note: (method, params) => this.noted(method, params),
      down: (reason) => this.down(reason),
    });
    this.askCounter = () => this.state.up && chooseCounter(this);
    this.help = () => showHelp(this.role === "supervisor");
    this.calls = new KioskCalls(this);
    this.devices = new Devices();
    this.announce = link.role === "supervisor" ? new Announce(this) : null;
    this.reading = new Reading(this);
    this.switchLanguage = this.switchLanguage.bind(this);
  }

  start() {
    makeActions(this);
    this.draw();
    listen(this);
    this.wire.start();
    setInterval(() => this.tick(), 1000);
    setInterval(() => drawLists(this), REDRAW_LISTS_MS);
  }

  draw() {
    const { state } = this;
    drawHead(this);
    drawStale(state);
    drawHand(this);
    drawActions(this);
    drawMessage(state);
    drawLog(state);
    drawLists(this);
    drawZones(this);
    byId("page").hidden = !state.hello;
    write(byId("blank"), state.hello ? "" : state.reason ? t("console.refused_hello", { reason: state.reason }) : t("console.connecting"));
    byId("stale").hidden = state.up || !state.hello;
  }

  tick() {
    const { state } = this;
    write(byId("clock"), clockTime(state.now));
    const clock = byId("call-clock");
    if (clock && state.counter) write(clock, callClock(state, state.counter));
  }

  async up(greeting, snapshot) {
    const { state } = this;
    state.connected(greeting, snapshot);
    this.calls.all(snapshot.help || []);
    this.devices.all(snapshot.devices || []);
    this.announce?.all(snapshot.queue);
    if (!state.services.size) state.setCatalogue(await this.wire.call("get_catalogue", {}), await this.wire.call("get_guidance", {}));
    this.draw();
    this.reading.refresh();
    if (!state.counter && !dialogOpen()) chooseCounter(this);
  }

  down(reason) {
    this.state.disconnected(reason);
    this.draw();
  }

  noted(method, params) {
    const { state } = this;
    if (method === "help_requested") {
      this.calls.noted(params.help);
    } else if (method === "device_changed") {
      this.devices.noted(params.device);
      drawHead(this);
    } else if (method === "queue_changed") {
      state.setQueue(params.queue);
      this.announce?.all(params.queue);
      drawZones(this);
      drawHead(this);
      this.reading.refresh();
    } else if (method === "counter_changed") {
      const seen = state.setCounter(params.counter);
      if (seen) state.note(t(`console.log.${seen[0]}`, seen[1]), true);
      if (params.counter.counter === state.mine) {
        drawHand(this);
        drawActions(this);
        drawLog(state);
        this.reading.refresh();
      }
    }
  }

  // A press while the last act is under way waits for its end and is judged on what then is; a second one is not taken.
  afterPending(press) {
    if (this.queued) return this.say(t("console.actions.busy"));
    this.queued = this.working.then(() => {
      this.queued = null;
      return press();
    });
    return this.queued;
  }

  act(action, ...about) {
    const { state } = this;
    if (state.pending) return this.afterPending(() => this.act(action, ...about));
    const view = state.counter;
    const name = t(`console.actions.${labelOf(action, view)}`);
    if (!view) return this.say(t("console.actions.no_counter"));
    if (!state.up) return this.say(t("console.actions.offline", { action: name }));
    if (!action.when(view)) {
      if (action.id === "confirm_priority" && view.visit) return this.say(t("console.actions.no_priority"));
      return this.say(t("console.actions.not_now", { action: name, state: term("counter_state", view.state) }));
    }
    return action.ask ? DIALOGS[action.ask](this, action, ...about) : this.perform(action, action.steps(view));
  }

  // Sends the steps one after the other; → nothing, or the sentence that tells why one was not done.
  async perform(action, steps) {
    const { state } = this;
    if (state.pending) return this.afterPending(() => this.perform(action, steps));
    const name = t(`console.actions.${labelOf(action, state.counter)}`);
    if (!state.up) return this.say(t("console.actions.offline", { action: name }));
    state.pending = action.id;
    this.working = this.carryOut(name, steps);
    return this.working;
  }

  async carryOut(name, steps) {
    const { state } = this;
    this.say(null);
    drawActions(this);
    try {
      for (const [method, params] of steps) {
        const done = await this.send(method, params);
        if (done.counter_state === "paused" && method !== "pause_counter") break;
      }
      return "";
    } catch (error) {
      const reason = error instanceof Refused ? t("console.actions.failed", { action: name, reason: error.message }) : t("console.actions.unreachable", { action: name });
      return this.say(reason);
    } finally {
      state.pending = null;
      drawHand(this);
      drawActions(this);
      this.reading.refresh();
    }
  }

  async send(method, params) {
    const { state } = this;
    const place = OF_A_VISIT.includes(method) ? {} : { counter: state.mine };
    const done = await this.wire.call(method, { request_id: requestId(), ...place, ...params });
    state.note(sentenceOf(state, method, params, done, clockTime));
    if (done.counter_state) state.acted(done);
    drawLog(state);
    return done;
  }

  say(text, good = false) {
    Object.assign(this.state, { message: text, good });
    drawMessage(this.state);
    return text;
  }

  chooseCounter(counter) {
    this.state.choose(counter);
    this.draw();
    this.reading.refresh();
  }

  showTab(tab) {
    this.state.tab = tab;
    this.state.visits = [];
    drawLists(this);
    this.reading.lists();
  }

  async switchLanguage() {
    const next = this.languages[(this.languages.indexOf(currentLanguage()) + 1) % this.languages.length];
    localStorage.setItem(LANGUAGE_KEY, next);
    await loadTexts(next);
    makeActions(this);
    this.say(null);
    this.calls.draw();
    this.draw();
    // Refusals come in the language of the greeting.
    this.wire.speak(next);
  }
}

async function main() {
  const link = readLink("clerk");
  const client = await (await fetch("client.json")).json();
  useTimeZone(client.timezone);
  const wanted = localStorage.getItem(LANGUAGE_KEY);
  await loadTexts(client.languages.includes(wanted) ? wanted : client.languages[0]);
  document.title = t("console.title");
  if (link.token) new App(link, client).start();
  else write(byId("blank"), t("console.no_token"));
}

main().catch((error) => write(byId("blank"), `${error.message}`));
