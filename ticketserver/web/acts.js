// The sentence of the log for an act that the server has carried out.

import { named, t, term } from "./texts.js";

const say = (key, values) => t(`console.log.${key}`, values);

function target(state, params) {
  if (params.to_counter) return t("console.window", { counter: params.to_counter });
  const found = state.zoneNames.get(params.zone) || state.services.get(params.service);
  return found ? named(found, found.plain_zh ? "plain" : "name") : params.zone || params.service;
}

const names = (state, services) =>
  services.map(({ service }) => (state.services.has(service) ? named(state.services.get(service), "plain") : service)).join(t("console.and"));

const SENTENCES = {
  open_counter: () => say("opened"),
  close_counter: (done, params, time) => (params.returns_at_ms ? say("closed_until", { time: time(params.returns_at_ms) }) : say("closed")),
  pause_counter: (done) => say(done.counter_state === "paused" ? "paused" : "pause_asked"),
  resume_counter: () => say("resumed"),
  call_next: (done) => (done.counter_state === "calling" ? called(done) : say("ready")),
  call_visit: (done) => called(done),
  recall: (done) => say("recalled", done),
  start_service: (done) => say("started", done),
  finish_service: (done) => say(done.visit_state === "waiting" ? "next_stage" : "finished", done),
  mark_no_show: (done) => say("no_show", done),
  reopen_visit: (done) => say("reopened", done),
  hold_visit: (done, params) => say("held", { number: done.number, kind: term("hold_kind", params.kind) }),
  resume_visit: (done) => say("resumed_visit", done),
  requeue_visit: (done) => say("requeued", done),
  confirm_priority: (done, params) => say(params.confirmed ? "confirmed" : "unconfirmed", done),
  check_in: (done) => say("checked_in", done),
  serve_walk_in: (done) => say("walk_in", done),
};

const called = (done) => say("called", { number: done.number, reason: term("call_reason", done.reason || "waited_longest") });

export function sentenceOf(state, method, params, done, time) {
  if (method === "transfer_visit") return say("transferred", { number: done.number, target: target(state, params) });
  if (method === "add_services") return say("added", { number: done.number, names: names(state, params.services) });
  return SENTENCES[method](done, params, time);
}
