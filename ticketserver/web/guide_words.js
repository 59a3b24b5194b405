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

// Where to wait and about how long; of a plan or of a ticket. No minutes while nobody can be called: see wire/minutes.py.
export function where(state, view) {
  const stage = view.stages?.[0] || {};
  const from = Math.max(view.calling_from_ms || 0, stage.open_from_ms || 0);
  const silent = stage.stranded ? "stranded" : view.calling_paused ? "paused" : from ? "from" : stage.unopened ? "unopened" : "";
  const ahead = silent !== "stranded" && t(`guide.where.${view.ahead ? "ahead" : "nobody"}`, { ahead: view.ahead });
  const wait = silent ? [ahead, t(`guide.where.${silent}`, { time: clockTime(from) })] : [minutes(view)];
  return [zoneName(state, view.zone), ...wait].filter(Boolean).join(" · ");
}

function minutes(view) {
  const [low, high] = minutesSaid(view.wait_p50_ms, view.wait_p90_ms);
  return t(`guide.where.${view.wait_p90_ms ? "wait" : "at_once"}`, { ahead: view.ahead || 0, low, high });
}
