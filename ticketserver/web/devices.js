// The hall's devices: a mark in the head that counts those with a fault, and a list that says what is wrong with each.

import { clockTime } from "./clock.js";
import { show } from "./dialogs.js";
import { byId, h, redraw } from "./dom.js";
import { t, termOr } from "./texts.js";

const WORST_FIRST = ["offline", "degraded", "online"];
const rank = (device) => WORST_FIRST.indexOf(device.health);

export class Devices {
  constructor() {
    this.known = new Map();
  }

  all(devices) {
    this.known = new Map(devices.map((device) => [device.device, device]));
  }

  noted(device) {
    this.known.set(device.device, device);
    // The list is open: it shows what is so now.
    const list = byId("device-list");
    if (list) redraw(list, this.rows());
  }

  get faulty() {
    return [...this.known.values()].filter((device) => device.health !== "online").length;
  }

  // The button of the head.
  button() {
    const words = this.faulty ? t("console.devices.faulty", { count: this.faulty }) : t("console.devices.title");
    return h(
      "button",
      { type: "button", id: "devices", class: this.faulty ? "faulty" : "", "data-focus": "devices", "aria-keyshortcuts": "V", onclick: () => this.list() },
      words,
      h("kbd", {}, "V"),
    );
  }

  list() {
    show(t("console.devices.title"), { wide: true, parts: [h("ul", { id: "device-list" }, this.rows())] });
  }

  rows() {
    const sorted = [...this.known.values()].sort((one, other) => rank(one) - rank(other) || one.device.localeCompare(other.device));
    if (!sorted.length) return h("li", { class: "quiet" }, t("console.devices.none"));
    return sorted.map((device) =>
      h(
        "li",
        { class: device.health },
        h("b", {}, termOr("device_kind", device.kind)),
        h("span", { class: "code" }, device.device),
        h("span", { class: "health" }, termOr("device_health", device.health)),
        h("span", { class: "why" }, device.reason ? termOr("device_reason", device.reason) : ""),
        h("time", {}, device.since_ms ? clockTime(device.since_ms) : ""),
      ),
    );
  }
}
