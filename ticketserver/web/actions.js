// The table of a clerk's acts: id, key, group, in which states of the counter, and what is sent or asked first.
// `steps(view)` are calls sent one after the other; `ask` names a dialog of dialogs.js that makes the steps.

const FREE = ["idle", "ready"];
const BUSY = ["calling", "serving"];
const OPEN = [...FREE, ...BUSY, "paused"];

const inStates = (...states) => (view) => states.includes(view.state);
const one = (method, params = {}) => [[method, params]];

// One press takes the next person whatever stands before it, as `next` on a call box does; nobody is skipped.
const NEXT = {
  closed: ["open_and_call", "open_counter"],
  paused: ["resume_and_call", "resume_counter"],
  serving: ["finish_and_call", "finish_service"],
  calling: ["no_show_and_call", "mark_no_show"],
};

function nextSteps(view) {
  const before = NEXT[view.state];
  return [...(before ? one(before[1]) : []), ["call_next", {}]];
}

const pausing = (view) => view.state === "paused" || view.pause_after;

export const ACTIONS = [
  {
    id: "call_next",
    key: "N",
    group: "main",
    when: (view) => view.state !== "calling" || view.no_show_offered,
    label: (view) => (view && view.state !== "calling" && NEXT[view.state]?.[0]) || (view?.no_show_offered ? NEXT.calling[0] : "call_next"),
    steps: nextSteps,
  },
  { id: "recall", key: "R", group: "main", when: inStates(...BUSY), steps: () => one("recall") },
  { id: "start_service", key: "S", group: "main", when: inStates("calling"), steps: () => one("start_service") },
  { id: "finish_service", key: "F", group: "main", when: inStates("serving"), steps: () => one("finish_service") },
  {
    id: "mark_no_show",
    key: "M",
    group: "main",
    when: inStates("calling"),
    steps: () => one("mark_no_show"),
  },

  { id: "finish_partly", key: "D", group: "visit", when: inStates("serving"), ask: "finishPartly" },
  { id: "add_services", key: "A", group: "visit", when: inStates(...BUSY), ask: "addServices" },
  { id: "hold_visit", key: "H", group: "visit", when: inStates("serving"), ask: "hold" },
  { id: "transfer_visit", key: "T", group: "visit", when: inStates(...BUSY), ask: "transfer" },
  { id: "requeue_visit", key: "Q", group: "visit", when: inStates(...BUSY), ask: "requeue" },
  {
    id: "confirm_priority",
    key: "Y",
    group: "visit",
    when: (view) => BUSY.includes(view.state) && Boolean(view.visit?.priority),
    ask: "priority",
  },

  { id: "call_visit", key: "C", group: "others", when: inStates(...FREE), ask: "callVisit" },
  { id: "serve_walk_in", key: "W", group: "others", when: inStates(...FREE), ask: "walkIn" },
  { id: "resume_visit", key: "J", group: "others", when: inStates(...FREE), ask: "resumeVisit" },
  { id: "check_in", key: "K", group: "others", when: () => true, ask: "checkIn" },
  {
    id: "reopen_visit",
    key: "U",
    group: "others",
    when: (view) => view.state === "serving" || (OPEN.includes(view.state) && Boolean(view.reopenable?.length)),
    steps: (view) => one("reopen_visit", view.state === "serving" ? {} : { number: view.reopenable[0] }),
  },

  {
    id: "pause_counter",
    key: "P",
    group: "counter",
    when: inStates(...OPEN),
    label: (view) => (view && pausing(view) ? "resume_counter" : "pause_counter"),
    steps: (view) => one(pausing(view) ? "resume_counter" : "pause_counter"),
  },
  { id: "open_counter", key: "O", group: "counter", when: inStates("closed"), steps: () => one("open_counter") },
  { id: "close_counter", key: "X", group: "counter", when: inStates(...FREE, "paused"), ask: "close" },
];

export const labelOf = (action, view) => (action.label ? action.label(view) : action.id);
