// Parts that dialogs are made of: choices by digit, a reason, the services of a finder. Each is { element, focus(), value() }.

import { h } from "./dom.js";
import { optionOf } from "./service_search.js";
import { lines, t } from "./texts.js";

export { finder } from "./finder.js";

let made = 0;

// Radio buttons; digits choose (see `digits` of dialogs.js). Options: [value, text].
export function choices(options, { label, checked = 0 } = {}) {
  const name = `choice${(made += 1)}`;
  const inputs = options.map(([value], place) =>
    h("input", { type: "radio", name, value, "data-digit": String(place + 1), checked: place === checked }),
  );
  const element = h(
    "fieldset",
    { class: "choices" },
    label && h("legend", {}, label),
    options.map(([, text], place) => h("label", {}, h("kbd", {}, String(place + 1)), inputs[place], h("span", {}, text))),
  );
  return {
    element,
    focus: () => (inputs.find((input) => input.checked) || inputs[0]).focus(),
    value: () => inputs.find((input) => input.checked)?.value,
    onchange: (heard) => element.addEventListener("change", heard),
  };
}

// Ready sentences of the hall and a line of one's own; the own words go first.
export function reason(kind) {
  const ready = lines(`console.reasons.${kind}`);
  const picked = choices(ready.map((text) => [text, text]), { label: t("console.dialog.reason"), checked: -1 });
  const own = h("input", { type: "text", maxlength: "200", class: "wide", placeholder: t("console.dialog.other_reason"), "aria-label": t("console.dialog.other_reason") });
  return {
    element: h("div", {}, picked.element, own),
    focus: picked.focus,
    value: () => own.value.trim() || picked.value() || "",
  };
}

// The catalogue as options; purposes (enquiry, papers, …) before services, the counter's own zone first, or last where
// something is looked for that is done elsewhere.
export function serviceOptions(state, { purposes = false, elsewhere = false, without = [] } = {}) {
  const rank = (service) => (service.purpose ? 0 : (service.zone === state.counter.zone) === elsewhere ? 2 : 1);
  return [...state.services.values()]
    .filter((service) => (purposes || !service.purpose) && !without.includes(service.code))
    .sort((one, other) => rank(one) - rank(other))
    .map(optionOf);
}
