// A search that finds as one types: a part of dialogs and pages, { element, focus(), value() … }.

import { h } from "./dom.js";
import { chip } from "./finder_chip.js";
import { t } from "./texts.js";

const SHOWN = 8;
let made = 0;

// Options { id, text, detail, words }. Single: the highlighted one is the value. Multiple: Enter or a click adds to the
// chosen ones, each with a quantity; a row with `inside` stands for those options, one with `run` is done, not added.
// `changed` hears of chosen ones. `find(asked, free)` gives, or promises, { rows, heading, open, near }: of `open` rows none
// is highlighted until somebody does; what is only `near` is never taken unseen.
//
// Answers may come late: only the newest is shown. Enter before its answer clears what was typed, so that the next thing can
// be typed at once, and takes the best row with the answer; without one the words come back.
export function finder(options, { multiple = false, label = t("console.dialog.search"), first = "", find = byWords, changed = () => {} } = {}) {
  const id = `finder${(made += 1)}`;
  const list = h("ul", { id, role: "listbox", class: "options", "aria-label": label });
  const chips = h("ul", { class: "chips", "aria-label": t("console.dialog.chosen") });
  const heading = h("p", { class: "heading", role: "status" });
  const input = h("input", {
    type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", class: "search", placeholder: label,
    "aria-label": label, "aria-controls": id, "aria-expanded": "true", value: first,
  });
  const chosen = new Map();
  let shown = [];
  let at = 0;
  let newest = null;
  let entered = Promise.resolve();

  const left = (rows) => rows.filter((row) => !chosen.has(row.id));

  function look() {
    const asked = input.value.trim().toLowerCase();
    const found = asked ? find(asked, left(options)) : { rows: left(options) };
    newest = null;
    if (!(found instanceof Promise)) return settle(found);
    const late = found.then((answer) => {
      if (late === newest) {
        newest = null;
        settle(answer);
      }
      return answer;
    });
    newest = late;
    return late;
  }

  function settle(found) {
    shown = found.rows.slice(0, SHOWN);
    at = found.open ? -1 : 0;
    heading.textContent = found.heading || (shown.length ? "" : t("console.dialog.nothing_found"));
    draw();
  }

  function draw() {
    list.replaceChildren(...shown.map((option, place) => row(option, place)));
    input.setAttribute("aria-activedescendant", shown[at] ? `${id}-${at}` : "");
  }

  function row(option, place) {
    return h(
      "li",
      {
        id: `${id}-${place}`, role: "option", "aria-selected": String(place === at), class: place === at ? "at" : "",
        onmousedown: (event) => event.preventDefault(),
        onclick: () => {
          at = place;
          if (multiple) pick();
          else draw();
        },
      },
      h("span", { class: "code" }, option.code ?? option.id),
      h("span", {}, option.text),
      h("span", { class: "quiet" }, option.detail || ""),
    );
  }

  function pick() {
    const option = shown[at];
    if (!option) return;
    if (option.run) run(option);
    else if (option.inside) settle({ rows: left(option.inside), heading: option.text });
    else choose(option.id);
  }

  function enter() {
    if (!newest) return pick();
    const [typed, seen] = [input.value, shown[0]?.id];
    input.value = "";
    entered = Promise.all([entered, newest]).then(([, { rows, open, near }]) => {
      if (rows.length && rows[0].run) run(rows[0]);
      else if (rows.length && !open && (!near || rows[0].id === seen) && !rows[0].inside) add(rows[0].id);
      else if (!input.value) input.value = typed;
    });
    return entered;
  }

  function run(option) {
    input.value = "";
    option.run();
  }

  function choose(code) {
    input.value = "";
    add(code);
    input.focus();
  }

  function add(code) {
    chosen.set(code, 1);
    look();
    drawChips();
  }

  function drawChips() {
    changed();
    chips.replaceChildren(...[...chosen].map(([code, quantity]) => {
      const { text } = options.find((option) => option.id === code);
      return chip(text, quantity, { remove: () => remove(code), count: (wanted) => {
        chosen.set(code, wanted);
        changed();
      } });
    }));
  }

  function remove(code) {
    chosen.delete(code);
    look();
    drawChips();
    input.focus();
  }

  input.addEventListener("input", look);
  input.addEventListener("keydown", (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && shown.length) {
      at = at < 0 ? (move > 0 ? 0 : shown.length - 1) : (at + move + shown.length) % shown.length;
      draw();
      list.children[at].scrollIntoView({ block: "nearest" });
      event.preventDefault();
    } else if (event.key === "Enter" && !event.isComposing && multiple && input.value.trim()) {
      enter();
      event.preventDefault();
    }
  });
  look();
  return {
    element: h("div", { class: "finder" }, chips, input, heading, list),
    focus: () => input.focus(),
    // What is written has been answered, and what was entered is chosen.
    settled: () => Promise.all([entered, newest]),
    value: () => (multiple ? [...chosen] : shown[at]?.id),
    choose,
    remove,
    clear: () => {
      chosen.clear();
      input.value = "";
      look();
      drawChips();
    },
  };
}

function byWords(asked, free) {
  const begins = free.filter((option) => option.id.toLowerCase().startsWith(asked));
  const holds = free.filter((option) => !begins.includes(option) && option.words.toLowerCase().includes(asked));
  return { rows: [...begins, ...holds] };
}
