// Prechecks (docs/operating/before-a-number.md): which one is to be asked, and its days, outcome and source as sentences to
// read out, in the kiosk's own words. Nothing that is answered leaves the page.

import { named, t } from "./texts.js";

const say = (key, values) => t(`kiosk.check.${key}`, values);

// The first one, in the hall's order, of something chosen that was not cleared yet.
export const nextCheck = (state, services, cleared) => state.prechecks.find((check) => !cleared.has(check.precheck) && services.some(({ service }) => check.services.includes(service)));

export const isOpen = (check, day) => (!check.opens || check.opens <= day) && (!check.closes || day <= check.closes);

// The days of an earlier year are over, and with them what was asked then.
export const isPast = (check, day) => Boolean(check.closes) && check.closes.slice(0, 4) < day.slice(0, 4);

export const questionOf = (check, id) => (check.questions || []).find((each) => each.question === id);

export const outcomeOf = (check, id) => check.outcomes.find((each) => each.outcome === id);

function date(day) {
  const [year, month, number] = day.split("-").map(Number);
  return say("date", { year, month, day: number });
}

// First and last day with their year; "" where there is no limit.
export function daysOf({ opens, closes }) {
  if (opens && closes) return say("days", { opens: date(opens), closes: date(closes) });
  if (opens) return say("days_from", { opens: date(opens) });
  return closes ? say("days_until", { closes: date(closes) }) : "";
}

const sourceOf = (check) => say("source", { year: check.year, source: named(check, "source") });

// The days of what is chosen, and whether today is none of them.
export const daysOfServices = (state, services) =>
  state.prechecks
    .filter((check) => daysOf(check) && services.some(({ service }) => check.services.includes(service)))
    .map((check) => [daysOf(check), !isOpen(check, state.hours.day || "")]);

// Why no number is given on this day.
export function closedLines(check, day) {
  const key = isPast(check, day) ? "past" : check.opens && day < check.opens ? "not_yet" : "over";
  return [say(key, { days: daysOf(check), year: check.year }), say("notice"), sourceOf(check)];
}

// What the answers led to; `answer` is the last one.
export function outcomeLines(check, outcome, answer) {
  const name = named(outcome);
  const papers = named(outcome, "materials") || [];
  const bring = papers.length && say("bring", { papers: papers.join(t("console.and")) });
  const by = {
    elsewhere: () => [say("place", { place: name }), bring, daysOf(check)],
    cannot: () => [say("answered", { answer: named(answer) }), name, bring],
    go_on: () => [name, bring, outcome.yuan_a_year && say("amount", { year: check.year, yuan: outcome.yuan_a_year })],
  };
  return [...by[outcome.kind](), sourceOf(check)].filter(Boolean);
}
