// The head of the guide's page, and the table of its keys.

import { clockTime } from "./clock.js";
import { show } from "./dialogs.js";
import { byId, h, redraw } from "./dom.js";
import { ACTS } from "./guide_acts.js";
import { named, t, term } from "./texts.js";

const GLOBAL_KEYS = [["F2", "take"], ["F3", "find"], ["F4", "coming"], ["Alt+M", "sound"], ["Alt+B", "announce"], ["Alt+I", "notice"], ["Alt+V", "devices"], ["Alt+L", "language"], ["F1", "help"], ["Esc", "back"]];

export function drawHead(app) {
  const { state, bell } = app;
  redraw(
    byId("head"),
    h("strong", { class: "hall" }, state.hello ? named(state.hello) : ""),
    h("b", { class: "desk-name" }, t("guide.title")),
    h("span", { class: "phase" }, !state.hours ? "" : state.hours.calling_paused ? t("console.calling_paused") : term("phase", state.hours.phase)),
    h("time", { id: "clock" }, clockTime(state.now)),
    h("button", { type: "button", id: "sound", "data-focus": "sound", class: bell.state === "on" ? "" : "faulty", onclick: () => bell.toggle() }, t(`guide.sound.${bell.state}`), h("kbd", {}, "M")),
    app.announce.buttons(),
    app.devices.button(),
    h("button", { type: "button", "data-focus": "language", onclick: () => app.switchLanguage() }, t("console.language"), h("kbd", {}, "L")),
    h("button", { type: "button", "data-focus": "help", onclick: () => showHelp() }, t("console.help_button"), h("kbd", {}, "F1")),
  );
}

export function showHelp() {
  const row = (key, text) => h("li", {}, h("kbd", {}, key), h("span", {}, text));
  const acts = ACTS.map((act) => row(act.key, t(`guide.act.${act.id}`)));
  const others = GLOBAL_KEYS.map(([key, name]) => row(key, t(`guide.key.${name}`)));
  const parts = h("div", { class: "keys two" }, h("ul", {}, acts), h("ul", {}, others));
  show(t("console.dialog.help"), { wide: true, parts: [parts, h("p", { class: "quiet" }, t("guide.key.hint")), h("p", { class: "quiet" }, t("guide.key.hint_letters"))] });
}
