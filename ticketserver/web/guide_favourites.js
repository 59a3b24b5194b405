// The services behind the digits: the enquiry number first, then what this desk and this day ask for most. They are chosen
// once when the page opens, so that a digit keeps its meaning.

import { h } from "./dom.js";
import { named } from "./texts.js";

const SHOWN = 9;
const KEY = "taken";
const ENQUIRY = "enquiry";

const read = (storage) => JSON.parse(storage.getItem(KEY) || "{}");

function count(counts, services) {
  for (const { service } of services) counts[service] = (counts[service] || 0) + 1;
}

export function favourites(services, storage, today) {
  const counts = read(storage);
  for (const visit of today) count(counts, visit.services);
  const others = services.filter((each) => each.code !== ENQUIRY).sort((one, other) => (counts[other.code] || 0) - (counts[one.code] || 0));
  return [...services.filter((each) => each.code === ENQUIRY), ...others].slice(0, SHOWN);
}

export const favouriteButton = (service, place, choose) =>
  h("li", {}, h("button", { type: "button", title: named(service), onclick: () => choose(service.code) }, h("kbd", {}, String(place + 1)), h("span", {}, named(service, "plain"))));

export function remember(storage, services) {
  const counts = read(storage);
  count(counts, services);
  storage.setItem(KEY, JSON.stringify(counts));
}
