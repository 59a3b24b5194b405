// A number's services, place and waiting time in words.

import { clockTime } from "./clock.js";
import { minutesSaid, named, t } from "./texts.js";

export const zoneName = (state, zone) => named(state.zoneNames.get(zone) || { name_zh: zone });

export function serviceNames(state, ticket) {
  const name = ({ service, quantity }) => {
    const known = state.services.get(service);
    return (known ? named(known, "plain") : service) + (quantity > 1 ? t("console.hand.quantity", { count: quantity }) : "");
  };
  return ticket.services.map(name).join(t("console.and"));
}

// Where to wait and about how long; of a plan or of a ticket.
export function where(state, view) {
  const zone = zoneName(state, view.zone);
  const from = view.calling_from_ms || (view.stages && view.stages[0] && view.stages[0].open_from_ms);
  const [low, high] = minutesSaid(view.wait_p50_ms, view.wait_p90_ms);
  const key = view.wait_p90_ms ? "wait" : "at_once";
  const wait = t(`guide.where.${key}`, { ahead: view.ahead || 0, low, high });
  return [zone, wait, from && t("guide.where.from", { time: clockTime(from) })].filter(Boolean).join(" · ");
}
