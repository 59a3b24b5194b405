// What a ticket means to the person who holds it: { tone, title, big, lines }, without a screen.

import { minutesSaid, t } from "../texts.js";

const MINUTE_MS = 60000;
const STEP_MIN = 5;
const AS_TIMES_FROM = 90;
const NEARLY_MS = 15 * MINUTE_MS;

// `hall`: words of the hall; `now`: the server's time in ms.
export function say(ticket, hall, now) {
  return SAYINGS[ticket.state](ticket, hall, now);
}

export const windowOf = (hall, zone) => (hall.zones[zone] || [zone])[0];
const areaOf = (hall, zone) => (hall.zones[zone] || [zone, zone])[1];

export function clock(ms, hall) {
  return new Intl.DateTimeFormat("en-GB", { hour: "numeric", minute: "2-digit", timeZone: hall.timezone }).format(ms);
}

// Few are ahead, it will not take long, and nothing else keeps them from being called.
export function isNearly(ticket, hall) {
  const stage = ticket.stages?.[0];
  if (ticket.state !== "waiting" || ticket.calling_from_ms || ticket.calling_paused || !stage) return false;
  return !stage.open_from_ms && !stage.unopened && !stage.stranded && (ticket.ahead || 0) <= hall.nearly_ahead && (ticket.wait_p50_ms || 0) <= NEARLY_MS;
}

function waiting(ticket, hall, now) {
  const stage = ticket.stages[0];
  const nearly = isNearly(ticket, hall);
  const unopened = stage.unopened && !(stage.rests_at_lunch && now >= ticket.lunch_from_ms && now < ticket.lunch_to_ms);
  const area = areaOf(hall, stage.zone);
  const stageNo = ticket.stage_no ?? 1;
  const lines = [];
  if (ticket.more_ahead) lines.push(t(`terms.ahead_reason.${ticket.more_ahead}`));
  if (ticket.calling_paused) lines.push(t("phone.waiting.paused"));
  if (ticket.calling_from_ms) lines.push(t("phone.waiting.calling_from", { time: clock(ticket.calling_from_ms, hall) }));
  if (stage.open_from_ms > (ticket.calling_from_ms || 0)) lines.push(t("phone.waiting.opens", { window: windowOf(hall, stage.zone), time: clock(stage.open_from_ms, hall) }));
  if (unopened) lines.push(t("phone.waiting.unopened", { window: windowOf(hall, stage.zone) }));
  if (stage.stranded) lines.push(t("phone.waiting.stranded", { window: windowOf(hall, stage.zone) }));
  lines.push(...lunch(ticket, hall, now));
  if (ticket.ends_ms && now + (ticket.wait_p90_ms || 0) >= ticket.ends_ms) lines.push(t("phone.waiting.ends", { time: clock(ticket.ends_ms, hall) }));
  if (stageNo > 1) lines.push(t("phone.waiting.next_stage", { no: stageNo - 1, area }));
  else if (!nearly && !stage.stranded) lines.push(t("phone.waiting.where", { area }));
  return {
    tone: nearly ? "nearly" : "waiting",
    title: nearly ? t("phone.waiting.nearly", { area }) : t("phone.waiting.title"),
    big: stage.stranded ? [] : [ticket.ahead ? t("phone.waiting.ahead", { ahead: ticket.ahead }) : t("phone.waiting.first"), ...(ticket.calling_paused || unopened ? [] : [wait(ticket, hall, now)])],
    lines,
  };
}

// Minutes; where there are many of them, the time of day, never before the windows open.
function wait(ticket, hall, now) {
  const [low, high] = minutesSaid(ticket.wait_p50_ms, ticket.wait_p90_ms);
  if (high <= AS_TIMES_FROM) return t("phone.waiting.minutes", { low, high });
  const step = STEP_MIN * MINUTE_MS;
  const opens = Math.max(ticket.stages[0].open_from_ms || 0, ticket.calling_from_ms || 0);
  const from = Math.max(Math.floor((now + low * MINUTE_MS) / step) * step, opens);
  const to = Math.ceil((now + high * MINUTE_MS) / step) * step;
  return t("phone.waiting.times", { from: clock(from, hall), to: clock(to, hall) });
}

// Lunch is said while it lasts, and before it where the wait may reach into it.
function lunch(ticket, hall, now) {
  const { lunch_from_ms: from = 0, lunch_to_ms: to = 0 } = ticket;
  if (!to || now >= to || now + (ticket.wait_p90_ms || 0) < from) return [];
  const times = { from: clock(from, hall), to: clock(to, hall) };
  return [ticket.stages[0].rests_at_lunch ? t("phone.waiting.rests", { to: times.to }) : t("phone.waiting.lunch", times)];
}

function called(ticket, hall) {
  const lines = [windowOf(hall, ticket.zone)];
  if (ticket.call_no > 1) lines.push(ticket.call_no < hall.calls ? t("phone.called.again", { no: ticket.call_no }) : t("phone.called.last"));
  if (ticket.reason) lines.push(t("phone.reason", { reason: t(`terms.call_reason.${ticket.reason}`) }));
  return { tone: "called", title: t("phone.called.title"), big: [t("phone.called.counter", { counter: ticket.counter })], lines };
}

function held(ticket) {
  const where = ticket.counter ? t("phone.held.counter", { counter: ticket.counter }) : t("phone.held.desk");
  return { tone: "held", title: t("phone.held.title"), big: [], lines: [where] };
}

function missed(ticket, hall) {
  const left = ticket.returns_left || 0;
  const key = !left ? "none" : hall.check_in ? "here" : "back";
  const values = left ? { others: hall.comeback_after, left } : {};
  return { tone: "missed", title: t("phone.no_show.title", { number: ticket.number }), big: [], lines: [t(`phone.no_show.${key}`, values)] };
}

const over = (state) => () => ({ tone: "over", title: t(`phone.${state}.title`), big: [], lines: [t(`phone.${state}.text`)] });

const SAYINGS = {
  waiting,
  called,
  serving: (ticket) => ({ tone: "serving", title: t("phone.serving.title"), big: [t("phone.serving.counter", { counter: ticket.counter })], lines: [] }),
  held,
  no_show: missed,
  finished: over("finished"),
  cancelled: over("cancelled"),
  expired: over("expired"),
};
