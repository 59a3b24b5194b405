// What a number would mean, before it is taken: where, how long, several places, papers to bring.

import { h } from "./dom.js";
import { daysOfServices } from "./guide_check.js";
import { where, zoneName } from "./guide_words.js";
import { named, t } from "./texts.js";

const say = (key, values) => t(`guide.take.${key}`, values);

export function planParts(state, plan, services) {
  const papers = papersOf(state, services);
  const wait = h("p", { class: "wait" }, where(state, plan));
  const stops = (plan.stages || []).length > 1 && h("p", {}, say("stops", { count: plan.stages.length, names: plan.stages.map((stage) => zoneName(state, stage.zone)).join(t("console.and")) }));
  const stranded = plan.stages.some((stage) => stage.stranded) && h("p", { class: "bad" }, say("stranded"));
  const offer = plan.offer && h("p", { class: "bad" }, say(`offer_${plan.offer}`));
  const days = daysOfServices(state, services).map(([text, closed]) => h("p", { class: closed ? "bad" : "" }, text));
  return [...days, wait, stops, stranded, offer, papers && h("p", { class: "papers" }, say("papers", { names: papers }))];
}

function papersOf(state, services) {
  const names = services.map(({ service }) => state.services.get(service)).map((service) => named(service, "materials") || []);
  return [...new Set([].concat(...names))].join(t("console.and"));
}
