// The guide's desk: joins wire, state, keys and the three parts of the page: take, card, find.

import { Announce } from "./announce.js";
import { clockTime, useTimeZone } from "./clock.js";
import { Devices } from "./devices.js";
import { byId, write } from "./dom.js";
import { drawCard, drawPrint } from "./guide_card.js";
import { follow, print } from "./guide_changes.js";
import { byHand } from "./guide_dialogs.js";
import { drawHead } from "./guide_head.js";
import { listen } from "./guide_keys.js";
import { List } from "./guide_list.js";
import { Prints } from "./guide_prints.js";
import { Bell } from "./guide_sound.js";
import { Take } from "./guide_take.js";
import { KioskCalls } from "./kiosk_calls.js";
import { readLink } from "./link.js";
import { State } from "./state.js";
import { currentLanguage, loadTexts, t } from "./texts.js";
import { drawMessage, drawStale } from "./view.js";
import { Wire } from "./wire.js";

const LANGUAGE_KEY = "language";
const TOPICS = ["queue", "help", "devices", "prints"];
const LEARNT_FROM = 200;

class Guide {
  constructor(link, client) {
    this.languages = client.languages;
    this.ready = false;
    this.state = new State(localStorage, sessionStorage);
    this.ticket = null;
    this.prints = new Prints(this, localStorage);
    this.bell = new Bell(localStorage, () => drawHead(this));
    this.calls = new KioskCalls(this, { key: "F4", name: this.prints.name, changed: (some) => this.bell.ring(some) });
    this.devices = new Devices();
    this.announce = new Announce(this);
    this.take = new Take(this, localStorage);
    this.list = new List(this);
    const hello = { role: link.role, token: link.token, locale: currentLanguage() };
    this.wire = new Wire(client.ws_url, hello, { topics: TOPICS }, {
      up: (greeting, snapshot) => this.up(greeting, snapshot),
      note: (method, params) => this.noted(method, params),
      down: (reason) => this.down(reason),
    });
  }

  start() {
    this.draw();
    listen(this);
    this.wire.start();
    setInterval(() => this.tick(), 1000);
  }

  draw() {
    const { state } = this;
    drawHead(this);
    drawStale(state);
    drawMessage(state);
    byId("page").hidden = !this.ready;
    write(byId("blank"), this.ready ? "" : state.reason ? t("console.refused_hello", { reason: state.reason }) : t("console.connecting"));
    byId("stale").hidden = state.up || !state.hello;
  }

  drawTicket() {
    drawCard(this);
    if (this.ticket) drawPrint(this);
  }

  tick() {
    write(byId("clock"), clockTime(this.state.now));
    if (this.ticket) drawPrint(this);
  }

  async up(greeting, snapshot) {
    const { state, wire } = this;
    state.connected(greeting, snapshot);
    this.devices.all(snapshot.devices || []);
    this.announce.all(snapshot.queue);
    this.draw();
    this.prints.all(await wire.call("list_prints", {}));
    this.calls.all(snapshot.help || []);
    if (!this.ready) {
      state.setCatalogue(await wire.call("get_catalogue", {}), await wire.call("get_guidance", {}));
      const { visits } = await wire.call("list_visits", { limit: LEARNT_FROM });
      this.ready = true;
      this.take.prepare(visits || []);
      this.list.build();
      this.draw();
      this.drawTicket();
      this.take.focus();
    }
    this.take.drawPrinter();
    follow(this);
  }

  down(reason) {
    this.state.disconnected(reason);
    this.draw();
  }

  noted(method, params) {
    if (method === "help_requested") {
      this.calls.noted(params.help);
    } else if (method === "device_changed") {
      this.devices.noted(params.device);
      drawHead(this);
      this.take.drawPrinter();
    } else if (method === "print_changed") {
      const wrong = this.prints.noted(params.print);
      if (wrong) this.say(wrong);
      follow(this);
    } else if (method === "queue_changed") {
      this.state.setQueue(params.queue);
      this.announce.all(params.queue);
      drawHead(this);
      follow(this);
    }
  }

  // A number was taken here: it goes onto the card, and onto paper as this desk does it.
  async issued(ticket, language) {
    this.open(ticket, false);
    const { chosen } = this.prints;
    if (chosen) await print(this, ticket, chosen.kiosk, language);
    else byHand(this, ticket);
  }

  open(ticket, focus = true) {
    this.ticket = ticket;
    this.say(null);
    this.drawTicket();
    this.list.draw();
    if (focus) byId("card").focus();
  }

  say(text, good = false) {
    Object.assign(this.state, { message: text, good });
    drawMessage(this.state);
    return text;
  }

  async switchLanguage() {
    const next = this.languages[(this.languages.indexOf(currentLanguage()) + 1) % this.languages.length];
    localStorage.setItem(LANGUAGE_KEY, next);
    await loadTexts(next);
    document.title = t("guide.title");
    this.say(null);
    this.calls.draw();
    this.take.build();
    this.list.build();
    this.draw();
    this.drawTicket();
    this.take.focus();
    // Refusals come in the language of the greeting.
    this.wire.speak(next);
  }
}

async function main() {
  const link = readLink("guide");
  const client = await (await fetch("client.json")).json();
  useTimeZone(client.timezone);
  const wanted = localStorage.getItem(LANGUAGE_KEY);
  await loadTexts(client.languages.includes(wanted) ? wanted : client.languages[0]);
  document.title = t("guide.title");
  if (link.token) new Guide(link, client).start();
  else write(byId("blank"), t("guide.no_token"));
}

main().catch((error) => write(byId("blank"), `${error.message}`));
