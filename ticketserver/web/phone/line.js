// A phone's conversation with the server: it watches one ticket, sleeps with the phone, and hurries when that wakes.
//
//   dial → up ─ closed → no line for PATIENT_MS → asks every few seconds, dials now and then → up
//
// Proxies of some mobile networks break live lines; over plain HTTPS the same questions get the same answers, only later.

import { Wire } from "../wire.js";
import { ask } from "./ask.js";

const LOOK_MS = 10000;
const PATIENT_MS = 3000;
const ASK_MS = 4000;
const LONGEST_ASK_MS = 30000;
const SLOW_MS = 6000;
const DIAL_MS = 30000;

export class Line extends Wire {
  // told: { heard(ticket, serverMs), slow(), down(reason, code) }
  constructor(url, token, locale, told) {
    super(url, { role: "phone", locale }, { topics: ["ticket"], token }, {
      up: (hello, snapshot) => this.live(snapshot),
      note: (method, params) => told.heard(params.ticket),
      down: (reason, code) => this.fell(reason, code),
    });
    this.page = told;
    this.token = token;
    this.asks = this.over = false;
    this.askMs = ASK_MS;
    this.turn = 0;
    for (const kind of ["online", "pageshow"]) window.addEventListener(kind, () => this.hurry());
    window.addEventListener("offline", () => this.socket && this.hangUp(this.socket, ""));
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
    document.addEventListener("resume", () => this.hurry());
    setInterval(() => this.up && !document.hidden && this.look(), LOOK_MS);
  }

  start() {
    if (this.over) return;
    if (!this.begun) this.askAfter(PATIENT_MS);
    this.begun = true;
    super.start();
  }

  // What was there before a sleep is given up, since nobody knows whether it lives; the next dial waits for nothing.
  hurry() {
    if (!this.begun || this.over) return;
    if (this.socket) this.hangUp(this.socket, "");
    clearTimeout(this.rest);
    this.start();
    this.askAfter(this.asks ? 0 : PATIENT_MS);
  }

  stop() {
    this.over = true;
    this.askAfter(null);
  }

  call(method, params) {
    const answered = super.call(method, params);
    if (this.asks && !this.greeted) this.postCalls();
    return answered;
  }

  // A line that died without a word is found out by asking, and so is a day that is over; a phone that sleeps does not ask.
  look() {
    this.call("get_ticket", { token: this.token }).catch((error) => error.code === "unknown_ticket" && this.page.down("", error.code));
  }

  live(snapshot) {
    this.asks = false;
    this.askMs = ASK_MS;
    this.askAfter(null);
    this.page.heard(snapshot.ticket, snapshot.server_time_ms);
  }

  fell(reason, code) {
    if (!this.asks || code === "unknown_ticket") this.page.down(reason, code);
    if (this.over) return;
    if (!this.turn) this.askAfter(PATIENT_MS);
    if (!this.asks) return;
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.start(), DIAL_MS);
  }

  // null = not at all. Whatever was asked before is not listened to any more.
  askAfter(ms) {
    clearTimeout(this.timer);
    clearTimeout(this.slow);
    this.turn = ms === null ? 0 : (this.turns = (this.turns || 0) + 1);
    const { turn } = this;
    if (turn) this.timer = setTimeout(() => this.askOnce(turn), ms);
  }

  async askOnce(turn) {
    if (document.hidden) return;
    if (this.asks) this.slow = setTimeout(() => this.page.slow(), SLOW_MS);
    let went;
    try {
      went = await ask((this.lastId += 1), "get_ticket", { token: this.token }, this.hello.locale);
    } catch (error) {
      if (turn === this.turn) this.unanswered(error.name === "AbortError");
      return;
    }
    if (turn === this.turn) this.answeredBy(went);
  }

  answeredBy({ message: { error, result }, at }) {
    const code = error?.data?.code;
    if (code === "unknown_ticket") {
      this.page.down(error.message, code);
    } else if (error) {
      this.unanswered(true);
    } else {
      this.asks = true;
      this.askMs = ASK_MS;
      this.page.heard(result, at);
      this.postCalls();
      this.askAfter(this.askMs * (0.75 + Math.random() / 2));
    }
  }

  // An answer that is late, or refused because too many ask, is a slow connection; too often so, or none at all, is none.
  unanswered(late) {
    this.askMs = Math.min(this.askMs * 2, LONGEST_ASK_MS);
    this.asks = this.asks && late && this.askMs < LONGEST_ASK_MS;
    if (this.asks) this.page.slow();
    else this.page.down("", "");
    this.askAfter(this.askMs * (0.5 + Math.random() / 2));
  }

  // What waits for a line goes the other way; should a line come meanwhile, the same request is done once.
  postCalls() {
    for (const [id, call] of this.calls) {
      if (call.sent) continue;
      call.sent = true;
      ask(id, call.method, call.params, this.hello.locale).then(
        ({ message }) => this.answered(message),
        () => (call.sent = false),
      );
    }
  }
}
