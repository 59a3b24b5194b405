// The table of keys, made from the table of acts.

import { ACTIONS, labelOf } from "./actions.js";
import { show } from "./dialogs.js";
import { h } from "./dom.js";
import { t } from "./texts.js";

const OTHERS = [["1 2 3", "tabs"], ["G", "change_counter"], ["E", "coming"], ["V", "devices"], ["L", "language"], ["?", "help"], ["Esc", "close"]];

const SUPERVISORS = [["B", "announce"], ["I", "notice"]];

const row = (key, text) => h("li", {}, h("kbd", {}, key), h("span", {}, text));

export function showHelp(supervisor) {
  const group = (name) => h("ul", {}, ACTIONS.filter((each) => each.group === name).map((each) => row(each.key, t(`console.actions.${labelOf(each)}`))));
  const others = h("ul", {}, [...(supervisor ? SUPERVISORS : []), ...OTHERS].map(([key, text]) => row(key, t(`console.keys.${text}`))));
  const parts = h("div", { class: "keys" }, ["main", "visit", "others", "counter"].map(group), others);
  show(t("console.dialog.help"), { wide: true, parts: [parts, h("p", { class: "quiet" }, t("console.dialog.help_digits")), h("p", { class: "quiet" }, t("console.dialog.help_hint"))] });
}
