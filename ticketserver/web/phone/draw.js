// Draws what say.js says, the errands and the stops.

import { byId, h, redraw, write } from "../dom.js";
import { currentLanguage, t } from "../texts.js";
import { clock, say, windowOf } from "./say.js";

// Whether a part shows something else than these values. What stays as it is loses no touch that has begun, and a screen
// reader speaks changes and nothing else.
export function isNew(box, ...values) {
  const shown = JSON.stringify([currentLanguage(), ...values]);
  if (box.dataset.shown === shown) return false;
  box.dataset.shown = shown;
  return true;
}

export function drawState(ticket, hall, now) {
  const said = say(ticket, hall, now);
  const box = byId("state");
  if (isNew(box, ticket.number, said)) {
    box.className = said.tone;
    redraw(
      box,
      h("p", { class: "number" }, ticket.number),
      h("h1", {}, said.title),
      said.big.map((text) => h("p", { class: "big" }, text)),
      said.lines.map((text) => h("p", {}, text)),
    );
  }
  document.title = `${ticket.number} ${said.big[0] || said.title}`;
}

export function drawVisit(ticket, hall, names) {
  const first = ticket.stage_no ?? 1;
  const stops = ticket.stages || [];
  const several = stops.length > 1 || (first > 1 && stops.length > 0);
  const box = byId("visit");
  if (!isNew(box, ticket.services, stops, Boolean(names))) return;
  redraw(
    box,
    names && h("h2", {}, t("phone.visit.services")),
    names && h("ul", {}, ticket.services.map((each) => h("li", { class: each.status || "open" }, errand(each, names)))),
    several && h("h2", {}, t("phone.visit.stops")),
    several && h("ol", {}, stops.map((stage, at) => h("li", {}, stop(stage, first + at, hall)))),
  );
  write(byId("foot"), t("phone.foot"));
}

function errand({ service, quantity = 1, status = "open" }, names) {
  const plain = names.get(service) || service;
  const name = quantity > 1 ? t("phone.visit.quantity", { name: plain, count: quantity }) : plain;
  return status === "open" ? name : t(`phone.visit.${status}`, { name });
}

function stop(stage, no, hall) {
  const values = { no, window: windowOf(hall, stage.zone) };
  if (!stage.open_from_ms) return t("phone.visit.stop", values);
  return t("phone.visit.stop_from", { ...values, time: clock(stage.open_from_ms, hall) });
}
