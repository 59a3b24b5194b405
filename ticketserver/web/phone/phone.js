// The page of one slip: how it stands, live. Its address is the citizen's secret; nothing of it is kept.

import { byId, h, redraw, write } from "../dom.js";
import { t, useTexts } from "../texts.js";
import { Alarm } from "./alarm.js";
import { drawState, drawVisit } from "./draw.js";
import { Line } from "./line.js";
import { Rating } from "./rating.js";
import { clock, isNearly } from "./say.js";
import { Sheets } from "./sheets.js";

const KEY = "phone-language";
const AGAIN_MS = 3000;
const REDRAW_MS = 15000;
const OVER = ["finished", "cancelled", "expired"];
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function read(path) {
  const answer = await fetch(`../phone/${path}.json`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

// Until it comes: a phone in a lift has no network for a while, and nobody is there to press reload.
async function readAtLast(path) {
  for (;;) {
    try {
      return await read(path);
    } catch (error) {
      console.info(String(error));
      await rest(AGAIN_MS);
    }
  }
}

class Page {
  constructor(token) {
    this.token = token;
    this.aheadMs = 0;
    this.alarm = new Alarm();
    const call = (method, params) => this.line.call(method, { token, ...params });
    this.rating = new Rating(call);
    this.sheets = new Sheets({
      call,
      done: (text, ticket) => this.done(text, ticket),
      services: () => this.services || this.learn(),
    });
  }

  async begin() {
    const wanted = (localStorage.getItem(KEY) || navigator.language || "").startsWith("zh") ? "zh" : "en";
    await this.speak(wanted);
    if (!this.hall.languages.includes(wanted)) await this.speak(this.hall.languages[0]);
    byId("opening").hidden = true;
    byId("head").hidden = false;
    this.line = new Line(this.hall.ws_url, this.token, this.language, {
      heard: (ticket, serverMs) => this.heard(ticket, serverMs),
      slow: () => this.stale("slow"),
      down: (reason, code) => this.down(reason, code),
    });
    this.line.start();
    // What is said also hangs on the time: lunch begins and ends.
    setInterval(() => this.draw(), REDRAW_MS);
  }

  async speak(language) {
    this.hall = await readAtLast(`words/${language}`);
    this.language = language;
    this.services = null;
    useTexts(language, this.hall.texts);
    this.drawHead();
  }

  async switchTo(language) {
    localStorage.setItem(KEY, language);
    await this.speak(language);
    this.quiet = true;
    this.line.speak(language);
    this.draw();
    await this.learn();
  }

  drawHead() {
    const other = this.hall.languages.find((each) => each !== this.language);
    const button = other && h("button", { type: "button", lang: other, onclick: () => this.switchTo(other) }, t("phone.language"));
    redraw(byId("head"), h("span", {}, this.hall.hall), button);
  }

  // The names of services come after the number is on the screen, and once they came they stay.
  async learn() {
    const language = this.language;
    const rows = await read(`services/${language}`);
    if (language !== this.language) return rows;
    this.services = rows;
    this.draw();
    return rows;
  }

  // `serverMs`: the server's time, where it was told: a phone's own clock may be wrong.
  heard(ticket, serverMs) {
    if (serverMs) this.aheadMs = serverMs - Date.now();
    byId("lost").hidden = true;
    this.quiet = false;
    this.turned(ticket);
    if (!this.services) this.learn().catch((error) => console.info(String(error)));
  }

  down(reason, code) {
    if (code === "unknown_ticket") {
      this.line.stop();
      this.ticket = null;
      byId("page").hidden = true;
      byId("sheet").hidden = true;
      byId("opening").hidden = false;
      write(byId("opening"), t("phone.unknown"));
    } else if (this.ticket) {
      this.stale("lost");
    } else {
      write(byId("opening"), reason || t("phone.opening"));
      byId("opening").hidden = false;
    }
  }

  stale(kind) {
    if (!this.ticket || this.quiet) return;
    write(byId("lost"), t(`phone.line.${kind}`, { time: clock(this.at, this.hall) }));
    byId("lost").className = kind;
    byId("lost").hidden = false;
  }

  done(text, ticket) {
    write(byId("done"), text);
    byId("done").hidden = !text;
    this.turned(ticket);
  }

  turned(ticket) {
    if (this.ticket && this.ticket.state !== ticket.state && ticket.state !== "waiting") byId("done").hidden = true;
    this.ticket = ticket;
    this.at = Date.now() + this.aheadMs;
    byId("opening").hidden = true;
    this.sheets.keepTo(ticket.state);
    byId("page").hidden = !byId("sheet").hidden;
    this.draw();
    const stage = ticket.stage_no ?? 1;
    if (ticket.state === "called") this.alarm.ring("called", `${stage} ${ticket.counter} ${ticket.call_no} ${ticket.returns_left}`);
    else if (isNearly(ticket, this.hall)) this.alarm.ring("nearly", `${stage} ${ticket.returns_left}`);
  }

  draw() {
    const { ticket, hall } = this;
    if (!ticket) return;
    drawState(ticket, hall, Date.now() + this.aheadMs);
    drawVisit(ticket, hall, this.services && new Map(this.services));
    this.rating.draw(ticket);
    this.alarm.draw(!OVER.includes(ticket.state));
    this.sheets.drawActs(ticket, hall);
  }
}

new Page(decodeURIComponent(location.pathname.split("/").pop())).begin();
