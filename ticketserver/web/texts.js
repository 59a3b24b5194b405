// The message catalogue of the hall in one language: t("console.hand.calls", { calls: 2 }).
// Names that exist in both languages (services, zones) are chosen by the same switch.

let sentences = {};
let language = "zh";

export const currentLanguage = () => language;

export async function loadTexts(wanted) {
  const answer = await fetch(`texts/${wanted}.json`);
  if (!answer.ok) throw new Error(`texts/${wanted}.json: ${answer.status}`);
  useTexts(wanted, await answer.json());
}

// Sentences that came in another way.
export function useTexts(wanted, given) {
  sentences = given;
  language = wanted;
  document.documentElement.lang = wanted === "zh" ? "zh-CN" : wanted;
}

export function t(key, values = {}) {
  const sentence = sentences[key];
  if (sentence === undefined) throw new Error(`no message ${key}`);
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export const lines = (key) => sentences[key];

export const term = (vocabulary, value) => t(`terms.${vocabulary}.${value}`);

// The same for words that another program says and that may be newer than this page: unknown ones stay as they are.
export const termOr = (vocabulary, value) => sentences[`terms.${vocabulary}.${value}`] ?? value;

// `name_zh` or `name_en`, `plain_zh` or `plain_en`.
export const named = (thing, field = "name") => thing[`${field}_${language}`] || thing[`${field}_zh`];

export function span(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export const minutesOf = (ms) => Math.max(0, Math.floor(ms / 60000));

// A wait as people are told it: a range, to the minute up to ten, then in fives (ticketserver/wire/minutes.py).
export function minutesSaid(p50Ms, p90Ms) {
  const coarse = (minutes, round) => Math.max(1, minutes > 10 ? round(minutes / 5) * 5 : minutes);
  const low = coarse(Math.floor((p50Ms || 0) / 60000), Math.floor);
  return [low, Math.max(low + (low < 10 ? 1 : 5), coarse(Math.ceil((p90Ms || 0) / 60000), Math.ceil))];
}
