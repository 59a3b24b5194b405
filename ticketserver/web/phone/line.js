// A phone's conversation with the server: it watches one ticket, sleeps with the phone, and hurries when that wakes.

import { Wire } from "../wire.js";

const LOOK_MS = 25000;

export class Line extends Wire {
  constructor(url, token, locale, told) {
    super(url, { role: "phone", locale }, { topics: ["ticket"], token }, told);
    this.token = token;
    this.over = false;
    for (const kind of ["online", "pageshow"]) window.addEventListener(kind, () => this.hurry());
    window.addEventListener("offline", () => this.socket && this.hangUp(this.socket, ""));
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
    // A line that died without a word is found out by asking; a phone that sleeps does not ask.
    setInterval(() => this.up && !document.hidden && this.call("get_ticket", { token }).catch(() => {}), LOOK_MS);
  }

  start() {
    if (this.over) return;
    this.begun = true;
    super.start();
  }

  // What was there before a sleep is given up, since nobody knows whether it lives; the next dial waits for nothing.
  hurry() {
    if (!this.begun || this.over) return;
    if (this.socket) this.hangUp(this.socket, "");
    clearTimeout(this.rest);
    this.start();
  }

  stop() {
    this.over = true;
  }
}
