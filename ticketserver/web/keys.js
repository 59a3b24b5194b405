// One key, one act. `code` names the place of a key, so that capitals and a Chinese input method change nothing.

import { ACTIONS } from "./actions.js";
import { dialogOpen } from "./dialogs.js";
import { tabsOf } from "./lists.js";

const BY_CODE = new Map(ACTIONS.map((action) => [`Key${action.key}`, action]));
const WRITING = "input, textarea, select";

export function listen(app) {
  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (dialogOpen() || event.target.matches?.(WRITING)) return;
    if (press(app, event)) event.preventDefault();
  });
}

function press(app, event) {
  const action = BY_CODE.get(event.code);
  const tab = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (event.key === "?" || event.key === "？" || event.key === "F1") app.help();
  else if (action) app.act(action);
  else if (tabsOf(app)[tab - 1]) app.showTab(tabsOf(app)[tab - 1]);
  else if (event.code === "KeyG") app.askCounter();
  else if (event.code === "KeyL") app.switchLanguage();
  else if (event.code === "KeyE") app.calls.accept();
  else if (event.code === "KeyV") app.devices.list();
  else if (event.key === "Escape") app.say(null);
  else if (app.announce?.press(event.code)) return true;
  else return false;
  return true;
}
