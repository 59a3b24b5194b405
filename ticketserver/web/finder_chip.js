// One chosen thing of a finder: its name, how many, and away with it.

import { h } from "./dom.js";
import { t } from "./texts.js";

export function chip(name, quantity, { count, remove }) {
  return h(
    "li",
    {},
    name,
    h("input", {
      type: "number", min: "1", max: "500", value: String(quantity), "aria-label": t("console.dialog.quantity_of", { name }),
      oninput: (event) => count(Number(event.target.value) || 1),
    }),
    h("button", { type: "button", "aria-label": t("console.dialog.remove", { name }), onclick: remove }, "×"),
  );
}
