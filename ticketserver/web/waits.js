// How near today's announced waits came, for the supervisor: the whole hall first, then each zone that told anybody.

import { h } from "./dom.js";
import { named, t } from "./texts.js";

const say = (key, values) => t(`console.waits.${key}`, values);
const minutes = (ms) => Math.round((ms || 0) / 6000) / 10;

export function waitRows({ state }) {
  const zones = state.waits ? state.waits.zones : [];
  const all = zones.find((each) => !each.zone);
  if (!all || !all.told) return h("li", { class: "quiet empty" }, say("empty"));
  return [all, ...zones.filter((each) => each.zone)].map((each) => {
    const name = each.zone ? named(state.zoneNames.get(each.zone) || { name_zh: each.zone }) : say("all");
    const called = each.called || 0;
    const sooner = each.sooner || 0;
    const later = each.later || 0;
    return h(
      "li",
      {},
      h("div", {}, h("b", {}, name), h("span", { class: "minutes" }, say("told", { count: each.told }))),
      h("div", { class: "what wide" }, called ? say("kept", { called, kept: called - sooner - later }) : say("none_called")),
      called > 0 && h("div", { class: "why wide" }, say("off", { sooner, later, off: minutes(each.off_ms) })),
    );
  });
}
