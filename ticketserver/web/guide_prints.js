// The kiosks as printers of this desk: which one is chosen, how each stands, and what became of each slip.

import { t, termOr } from "./texts.js";

const KEY = "printer";
const CAME_OUT = ["confirmed", "fenced", "assumed"];
const NO_WORD_MS = 90000;

export class Prints {
  constructor(app, storage) {
    this.app = app;
    this.storage = storage;
    this.kiosks = [];
    this.last = new Map();
  }

  all({ kiosks, prints }) {
    this.kiosks = kiosks;
    this.last = new Map(prints.map((print) => [print.visit_id, print]));
  }

  // Takes a slip's news; → the sentence where it went wrong.
  noted(print) {
    this.last.set(print.visit_id, print);
    return print.ended && !CAME_OUT.includes(print.outcome) ? `${print.number} ${this.words(print)}` : "";
  }

  // The kiosk that prints; null = none, numbers are written by hand.
  get chosen() {
    const wanted = this.storage.getItem(KEY);
    if (wanted === "") return null;
    return this.kiosks.find((each) => each.kiosk === wanted) || this.kiosks.find((each) => !this.fault(each)) || this.kiosks[0] || null;
  }

  choose(kiosk) {
    this.storage.setItem(KEY, kiosk);
  }

  // Why a kiosk cannot print, or needs care; "" = nothing is known against it.
  fault({ kiosk, printer }) {
    const known = this.app.devices.known;
    const bad = [known.get(kiosk) || { health: "offline", reason: "not_connected" }, known.get(printer)].find((device) => device && device.health !== "online");
    return bad ? termOr("device_reason", bad.reason || bad.health) : "";
  }

  name = (kiosk) => t("guide.print.kiosk", { number: (this.kiosks.find((each) => each.kiosk === kiosk) || { number: kiosk }).number });

  label(kiosk) {
    const fault = this.fault(kiosk);
    return fault ? t("guide.print.with_fault", { kiosk: this.name(kiosk.kiosk), fault }) : this.name(kiosk.kiosk);
  }

  // What became of the last slip of a visit, as a sentence that says what to do.
  words(print) {
    const kiosk = this.name(print.kiosk);
    if (!print.ended) return t(this.app.state.now - print.at_ms > NO_WORD_MS ? "guide.print.no_word" : "guide.print.asked", { kiosk });
    if (CAME_OUT.includes(print.outcome)) return t("guide.print.out", { kiosk });
    if (print.reason === "busy" || print.reason === "not_connected") return t(`guide.print.${print.reason}`, { kiosk });
    if (print.outcome === "unknown" || !print.reason) return t("guide.print.unknown", { kiosk });
    return t("guide.print.failed", { kiosk, reason: termOr("device_reason", print.reason) });
  }

  wentWrong = (print) => print.ended && !CAME_OUT.includes(print.outcome);
}
