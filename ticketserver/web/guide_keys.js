// What a key does. `code` names the place of a key, so that capitals and a Chinese input method change nothing.

import { dialogOpen } from "./dialogs.js";
import { ACTS } from "./guide_acts.js";
import { showHelp } from "./guide_head.js";
import { t, term } from "./texts.js";

export const listen = (app) => document.addEventListener("keydown", (event) => press(app, event));

function press(app, event) {
  if (event.repeat || event.ctrlKey || event.metaKey || event.isComposing || dialogOpen() || !app.ready) return;
  const writing = event.target.matches("input, textarea, select");
  const letter = event.altKey || !writing ? event.code : "";
  const act = ACTS.find((each) => letter === `Key${each.key}`);
  if (act) perform(app, act);
  else if (event.key === "F1" || (!writing && /^[?？]$/.test(event.key))) showHelp();
  else if (event.key === "F2") app.take.focus();
  else if (event.key === "F3") app.list.focus();
  else if (event.key === "F4" && !event.altKey) app.calls.accept();
  else if (letter === "KeyM") app.bell.toggle();
  else if (letter === "KeyV") app.devices.list();
  else if (letter === "KeyL") app.switchLanguage();
  else if (event.key === "Escape") back(app);
  else if (!app.announce.press(letter)) return;
  event.preventDefault();
}

// One step back to the next person: what is typed; the message; all that was chosen for somebody who left. A number that
// may have been taken already stays: the next Enter asks for the same one.
function back(app) {
  const { take } = app;
  const search = document.activeElement.closest("#take .search");
  if (search && search.value) {
    search.value = "";
    search.dispatchEvent(new Event("input"));
  } else if (search && !app.state.message && !take.busy && !take.sent) take.reset();
  app.say(null);
  take.focus();
}

export function perform(app, act) {
  const { ticket } = app;
  const name = t(`guide.act.${act.id}`);
  if (!ticket) return app.say(t("guide.act.no_number"));
  if (!act.when(ticket)) return app.say(t(act.id === "priority" && !ticket.priority ? "guide.act.no_priority" : "guide.act.not_now", { action: name, number: ticket.number, state: term("visit_state", ticket.state) }));
  return act.run(app, ticket);
}
