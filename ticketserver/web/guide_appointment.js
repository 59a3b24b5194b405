// An appointment's code in the search, typed or read by a scanner that types: the server says what was booked.

import { clockTime } from "./clock.js";
import { h } from "./dom.js";
import { serviceNames } from "./guide_words.js";
import { t } from "./texts.js";
import { Refused } from "./wire.js";

const say = (key, values) => t(`guide.appointment.${key}`, values);

// Letters and digits of a code for one service.
const SHORTEST = 59;

export const isAppointment = (typed) => /^yha1/i.test(typed);

const named = (state, view) => serviceNames(state, { services: view.services.map((service) => ({ service })) });
const span = (view) => say("span", { from: clockTime(view.from_ms), to: clockTime(view.to_ms) });

// One row for the finder that hands over { code, view }; without one, why not.
export async function appointmentRows(app, typed, hand) {
  const code = typed.toUpperCase();
  if (code.replace(/[^0-9A-Z]/g, "").length < SHORTEST) return { rows: [], heading: say("unfinished") };
  try {
    const view = await app.wire.call("read_appointment", { appointment: code });
    const row = { id: code, code: say("row"), text: named(app.state, view), detail: span(view), run: () => hand({ code, view }) };
    return { rows: [row] };
  } catch (error) {
    return { rows: [], heading: error instanceof Refused ? error.message : t("console.search.offline") };
  }
}

// The appointment that stands ready, above what it means.
export const bookedParts = (state, view) => h("p", { class: view.late ? "bad" : "wait" }, say(view.late ? "late" : "booked", { span: span(view), names: named(state, view) }));
