// The table of what can be done with a number: id, key, in which states, and how. A key counts alone outside of what is
// written in, and with Alt everywhere.

import { change } from "./guide_changes.js";
import { addServices, byHand, cancel, confirmPriority, printOn } from "./guide_dialogs.js";

const inStates = (...states) => (ticket) => states.includes(ticket.state);
const TO_COME = ["waiting", "called", "no_show", "held"];

export const ACTS = [
  { id: "print", key: "P", when: inStates(...TO_COME), run: printOn },
  { id: "add", key: "A", when: inStates(...TO_COME, "serving"), run: addServices },
  { id: "check_in", key: "K", when: inStates("no_show"), run: (app, ticket) => change(app, "check_in", { visit_id: ticket.visit_id }) },
  { id: "priority", key: "Y", when: (ticket) => Boolean(ticket.priority) && inStates(...TO_COME, "serving")(ticket), run: confirmPriority },
  { id: "by_hand", key: "W", when: inStates(...TO_COME), run: byHand },
  { id: "cancel", key: "X", when: inStates("waiting", "held", "no_show"), run: cancel },
];
