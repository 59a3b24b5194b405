// Calls for help from the kiosks: a line for each that nobody has answered, and the key that says somebody is coming.

import { byId, h, redraw } from "./dom.js";
import { t } from "./texts.js";
import { Refused, requestId } from "./wire.js";

export class KioskCalls {
  // `key` accepts the first call; `name` is what a kiosk is called here; `changed` hears whether anybody is waiting.
  constructor(app, { key = "E", name = (device) => device, changed = () => {} } = {}) {
    this.app = app;
    this.key = key;
    this.name = name;
    this.changed = changed;
    this.open = new Map();
  }

  all(calls) {
    this.open = new Map(calls.map((call) => [call.help_id, call]));
    this.draw();
  }

  noted(call) {
    if (call.accepted) this.open.delete(call.help_id);
    else this.open.set(call.help_id, call);
    this.draw();
  }

  draw() {
    const bar = byId("calls");
    bar.hidden = !this.open.size;
    this.changed(this.open.size > 0);
    redraw(bar, ...[...this.open.values()].map((call, place) => this.line(call, place === 0)));
  }

  line(call, first) {
    const device = this.name(call.device);
    const asks = call.number ? "asks_number" : "asks";
    return h(
      "p",
      {},
      h("span", {}, t(`console.calls.${asks}`, call.number ? { device, number: call.number } : { device })),
      h("button", { type: "button", onclick: () => this.accept(call) }, t("console.calls.coming"), first && h("kbd", {}, this.key)),
    );
  }

  async accept(call = [...this.open.values()][0]) {
    if (!call) return;
    try {
      await this.app.wire.call("accept_help", { request_id: requestId(), help_id: call.help_id });
    } catch (error) {
      this.app.say(error instanceof Refused ? error.message : t("console.actions.unreachable", { action: t("console.calls.coming") }));
    }
  }
}
