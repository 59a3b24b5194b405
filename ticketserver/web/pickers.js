// Parts that dialogs are made of: a search that finds, choices by digit, a reason, a list of services to tick.
// Each is { element, focus(), value() }.

import { h } from "./dom.js";
import { lines, named, t } from "./texts.js";

const SHOWN = 8;
let made = 0;

// Options { id, text, detail, words }. Single: the highlighted one is the value. Multiple: Enter or a click adds to the
// chosen ones, each with a quantity.
export function finder(options, { multiple = false, label = t("console.dialog.search"), first = "" } = {}) {
  const id = `finder${(made += 1)}`;
  const list = h("ul", { id, role: "listbox", class: "options", "aria-label": label });
  const chips = h("ul", { class: "chips", "aria-label": t("console.dialog.chosen") });
  const input = h("input", {
    type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", class: "search", placeholder: label,
    "aria-label": label, "aria-controls": id, "aria-expanded": "true", value: first,
  });
  const chosen = new Map();
  let shown = [];
  let at = 0;

  function draw() {
    const asked = input.value.trim().toLowerCase();
    const free = options.filter((option) => !chosen.has(option.id));
    const begins = free.filter((option) => option.id.toLowerCase().startsWith(asked));
    const holds = free.filter((option) => !begins.includes(option) && option.words.toLowerCase().includes(asked));
    shown = [...begins, ...holds].slice(0, SHOWN);
    at = Math.max(0, Math.min(at, shown.length - 1));
    list.replaceChildren(...shown.map((option, place) => row(option, place)));
    if (!shown.length) list.append(h("li", { class: "quiet" }, t("console.dialog.nothing_found")));
    input.setAttribute("aria-activedescendant", shown.length ? `${id}-${at}` : "");
  }

  function row(option, place) {
    return h(
      "li",
      {
        id: `${id}-${place}`, role: "option", "aria-selected": String(place === at), class: place === at ? "at" : "",
        onmousedown: (event) => event.preventDefault(),
        onclick: () => {
          at = place;
          if (multiple) add();
          else draw();
        },
      },
      h("span", { class: "code" }, option.code ?? option.id),
      h("span", {}, option.text),
      h("span", { class: "quiet" }, option.detail || ""),
    );
  }

  function add() {
    const option = shown[at];
    if (!option) return;
    chosen.set(option.id, 1);
    input.value = "";
    at = 0;
    draw();
    drawChips();
    input.focus();
  }

  function drawChips() {
    chips.replaceChildren(
      ...[...chosen].map(([code, quantity]) => {
        const name = options.find((option) => option.id === code).text;
        return h(
          "li",
          {},
          name,
          h("input", {
            type: "number", min: "1", max: "500", value: String(quantity), "aria-label": t("console.dialog.quantity_of", { name }),
            oninput: (event) => chosen.set(code, Number(event.target.value) || 1),
          }),
          h("button", { type: "button", "aria-label": t("console.dialog.remove", { name }), onclick: () => remove(code) }, "×"),
        );
      }),
    );
  }

  function remove(code) {
    chosen.delete(code);
    draw();
    drawChips();
    input.focus();
  }

  input.addEventListener("input", () => {
    at = 0;
    draw();
  });
  input.addEventListener("keydown", (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && shown.length) {
      at = (at + move + shown.length) % shown.length;
      draw();
      event.preventDefault();
    } else if (event.key === "Enter" && !event.isComposing && multiple && input.value.trim()) {
      add();
      event.preventDefault();
    }
  });
  draw();
  return {
    element: h("div", { class: "finder" }, chips, input, list),
    focus: () => input.focus(),
    value: () => (multiple ? [...chosen] : shown[at]?.id),
    shown: () => shown,
  };
}

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
    .map((service) => ({
      id: service.code,
      code: service.purpose ? t("console.dialog.purpose") : service.code,
      text: named(service, "plain"),
      detail: named(service) === named(service, "plain") ? "" : named(service),
      words: [service.code, service.name_zh, service.plain_zh, service.name_en, service.plain_en, ...(service.keywords || [])].join(" "),
    }));
}
