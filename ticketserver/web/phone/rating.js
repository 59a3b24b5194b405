// How it was: asked once, when all is done; one tap, and nobody has to.

import { byId, h, redraw } from "../dom.js";
import { t } from "../texts.js";
import { Refused, requestId } from "../wire.js";
import { isNew } from "./draw.js";

const LEVELS = [5, 4, 3, 2, 1];

export class Rating {
  // call(method, params) → answer
  constructor(call) {
    this.call = call;
    this.given = false;
    this.requests = {};
  }

  draw(ticket) {
    const over = ticket.state === "finished" && ticket.services.some((each) => each.status === "done");
    const rated = this.given || Boolean(ticket.rated);
    const box = byId("rating");
    if (!isNew(box, over, rated)) return;
    if (over && !rated) this.ask(box, ticket);
    else redraw(box, over && h("p", { class: "thanks", role: "status" }, t("phone.rating.thanks")));
  }

  ask(box, ticket) {
    const said = h("p", { role: "status" });
    const levels = LEVELS.map((level) => h("button", { type: "button", class: `level_${level}`, onclick: () => this.send(level, levels, said, ticket) }, t(`console.waiting.level_${level}`)));
    redraw(box, h("h2", {}, t("phone.rating.title")), levels, said);
  }

  async send(level, levels, said, ticket) {
    for (const each of levels) each.disabled = true;
    said.textContent = t("phone.sheet.sending");
    const request_id = (this.requests[level] = this.requests[level] || requestId());
    try {
      await this.call("rate_visit", { request_id, level });
      this.given = true;
      this.draw(ticket);
    } catch (error) {
      said.textContent = error instanceof Refused ? error.message : t("phone.rating.lost");
      for (const each of levels) each.disabled = false;
    }
  }
}
