// A search that finds as one types: a part of dialogs and pages, { element, focus(), value() … }.

import { h } from "./dom.js";
import { t } from "./texts.js";

const SHOWN = 8;
let made = 0;

// Options { id, text, detail, words }. Single: the highlighted one is the value. Multiple: Enter or a click adds to the
// chosen ones, each with a quantity.
// `find(asked, free)` ranks otherwise than by code and words; `changed` hears of chosen ones.
export function finder(options, { multiple = false, label = t("console.dialog.search"), first = "", find = byWords, changed = () => {} } = {}) {
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
    shown = find(asked, free).slice(0, SHOWN);
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
    if (shown[at]) choose(shown[at].id);
  }

  function choose(code) {
    chosen.set(code, 1);
    input.value = "";
    at = 0;
    draw();
    drawChips();
    input.focus();
  }

  function drawChips() {
    changed();
    chips.replaceChildren(
      ...[...chosen].map(([code, quantity]) => {
        const name = options.find((option) => option.id === code).text;
        return h(
          "li",
          {},
          name,
          h("input", {
            type: "number", min: "1", max: "500", value: String(quantity), "aria-label": t("console.dialog.quantity_of", { name }),
            oninput: (event) => {
              chosen.set(code, Number(event.target.value) || 1);
              changed();
            },
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
      list.children[at].scrollIntoView({ block: "nearest" });
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
    choose,
    clear: () => {
      chosen.clear();
      input.value = "";
      at = 0;
      draw();
      drawChips();
    },
  };
}

function byWords(asked, free) {
  const begins = free.filter((option) => option.id.toLowerCase().startsWith(asked));
  const holds = free.filter((option) => !begins.includes(option) && option.words.toLowerCase().includes(asked));
  return [...begins, ...holds];
}
