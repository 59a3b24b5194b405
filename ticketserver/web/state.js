// What the page knows: the hall as the server told it last, this page's counter, and what was done here.
// Holds no markup and opens no connection. The wire leaves out fields that have their default.

const LOG_LENGTH = 40;
const COUNTER_KEY = "counter";
// The notifications that an own act leads to come within this time.
const OWN_MS = 3000;
const BUSY = ["calling", "serving"];

export class State {
  constructor(storage, session) {
    this.storage = storage;
    this.session = session;
    this.hello = null;
    this.hours = null;
    this.offset = 0;
    this.up = false;
    this.reason = "";
    this.counters = new Map();
    this.zones = [];
    this.waiting = null;
    this.visits = [];
    this.tab = "waiting";
    this.services = new Map();
    this.zoneNames = new Map();
    this.priorities = new Map();
    this.situations = new Map();
    this.prechecks = [];
    this.message = null;
    this.good = false;
    this.pending = null;
    this.mine = Number(storage.getItem(COUNTER_KEY)) || 0;
    this.log = this.readLog();
    this.lastOwn = null;
  }

  get counter() {
    return this.counters.get(this.mine);
  }

  get now() {
    return Date.now() + this.offset;
  }

  connected(hello, snapshot) {
    this.hello = hello;
    this.offset = snapshot.server_time_ms - Date.now();
    this.counters = new Map((snapshot.counters || []).map((view) => [view.counter, view]));
    this.setQueue(snapshot.queue);
    this.up = true;
    this.reason = "";
  }

  disconnected(reason) {
    this.up = false;
    this.reason = reason;
  }

  setQueue(queue) {
    if (!queue) return;
    this.zones = queue.zones;
    this.hours = queue.hours;
  }

  setCatalogue(catalogue, { situations, prechecks }) {
    this.services = new Map(catalogue.services.map((service) => [service.code, service]));
    this.zoneNames = new Map(catalogue.zones.map((zone) => [zone.zone, zone]));
    this.priorities = new Map((catalogue.priorities || []).map((each) => [each.class_id, each]));
    this.situations = new Map(situations.map((each) => [each.situation, each]));
    this.prechecks = prechecks;
  }

  // Takes a counter's new view; → what others did at this counter, to be logged: [key, values] or null.
  setCounter(view) {
    const before = this.counters.get(view.counter);
    this.counters.set(view.counter, view);
    if (view.counter !== this.mine || !before || this.pending) return null;
    const own = this.lastOwn;
    if (own && Date.now() - own.at < OWN_MS) {
      if (shows(view, own)) this.lastOwn = null;
      return null;
    }
    return seenChange(before, view);
  }

  // The answer to an own act: the notification that says the same is not logged a second time.
  acted(done) {
    const number = BUSY.includes(done.counter_state) ? done.number : "";
    const own = { state: done.counter_state, number, call: done.call_id || 0, at: Date.now() };
    this.lastOwn = shows(this.counter, own) ? null : own;
  }

  choose(counter) {
    this.mine = counter;
    this.storage.setItem(COUNTER_KEY, String(counter));
    this.waiting = null;
    this.message = null;
    this.lastOwn = null;
    this.log = this.readLog();
  }

  note(text, foreign = false) {
    this.log = [{ at: this.now, text, foreign }, ...this.log].slice(0, LOG_LENGTH);
    this.session.setItem(`log-${this.mine}`, JSON.stringify(this.log));
  }

  readLog() {
    return JSON.parse(this.session.getItem(`log-${this.mine}`) || "[]");
  }
}

function shows(view, own) {
  return view.state === own.state && (view.number || "") === own.number && (view.call_id || 0) === own.call;
}

// What a counter's change looks like from outside: pressed on the call box, by a supervisor, or by the hall's clock.
export function seenChange(before, after) {
  if (after.state === "calling" && before.call_id !== after.call_id) {
    const again = before.number === after.number;
    return [again ? "recalled" : "calling", { number: after.number }];
  }
  if (before.state === after.state && before.number === after.number) {
    return after.pause_after && !before.pause_after ? ["pause_asked", {}] : null;
  }
  if (after.state === "serving") return ["serving", { number: after.number }];
  if (before.number && !after.number) return ["left", { number: before.number }];
  const plain = { closed: "closed", paused: "paused", ready: "ready" }[after.state];
  if (plain) return [plain, {}];
  if (before.state === "closed") return ["opened", {}];
  return before.state === "paused" ? ["resumed", {}] : null;
}
