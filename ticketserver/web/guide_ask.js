// Asks what a precheck wants to know, question by question, and lets the guide decide what follows.
//
//   question ─ answer ─▶ … ─▶ outcome ─┬ go_on                     on with the number
//                                      └ elsewhere, cannot, closed  enquiry number · the other things · all the same, with a reason

import { show } from "./dialogs.js";
import { h } from "./dom.js";
import { closedLines, isOpen, isPast, outcomeLines, outcomeOf, questionOf } from "./guide_check.js";
import { serviceNames } from "./guide_words.js";
import { choices, reason } from "./pickers.js";
import { named, t } from "./texts.js";

const say = (key, values) => t(`guide.check.${key}`, values);
const BACK = "back";
const ENQUIRY = "enquiry";

// `take` is the panel that the number is taken at, `services` what is chosen there.
export function askFirst(take, check, services) {
  const { app } = take;
  const mine = services.filter(({ service }) => check.services.includes(service));
  const names = serviceNames(app.state, { services: mine });
  const then = {
    go: (why) => take.cleared(check, why),
    drop: () => {
      for (const { service } of mine) take.finder.remove(service);
      take.take();
    },
    enquiry: () => {
      take.finder.clear();
      take.finder.choose(ENQUIRY);
      take.take();
    },
  };
  const day = app.state.hours.day || "";
  const questions = check.questions || [];
  // One dialog closes before the next opens.
  const next = (step, ...values) => {
    setTimeout(() => step(...values));
    return "";
  };

  function ask(path) {
    const question = questionOf(check, path[path.length - 1]);
    const rows = question.answers.map((answer, place) => [String(place), named(answer)]);
    if (path.length > 1) rows.push([BACK, say("back")]);
    const picked = choices(rows, { checked: -1 });
    show(named(question), {
      wide: true,
      hint: t("kiosk.check.hint", { name: names, year: check.year }),
      parts: picked.element,
      focus: picked.focus,
      submit: () => {
        const value = picked.value();
        if (value === undefined) return say("choose");
        return value === BACK ? next(ask, path.slice(0, -1)) : next(answered, path, question.answers[Number(value)]);
      },
    });
  }

  function answered(path, answer) {
    if (questionOf(check, answer.to)) return ask([...path, answer.to]);
    const outcome = outcomeOf(check, answer.to);
    if (outcome.kind === "go_on" && !isOpen(check, day)) return refuse("closed", closedLines(check, day));
    const lines = outcomeLines(check, outcome, answer);
    return outcome.kind === "go_on" ? goOn(lines) : refuse(outcome.kind, lines);
  }

  function goOn(lines) {
    show(t("kiosk.check.go_on", { name: names }), {
      wide: true,
      parts: lines.map((line) => h("p", {}, line)),
      focus: () => document.querySelector("dialog .primary").focus(),
      submit: () => next(then.go, ""),
    });
  }

  function refuse(kind, lines) {
    const rows = [
      app.state.services.has(ENQUIRY) && [ENQUIRY, say("enquiry")],
      mine.length < services.length && ["drop", t("kiosk.check.others")],
      ["go", say("go")],
    ].filter(Boolean);
    const picked = choices(rows, { label: say("then") });
    const why = reason("precheck");
    const sync = () => {
      why.element.hidden = picked.value() !== "go";
    };
    picked.onchange(sync);
    sync();
    show(t(`kiosk.check.${kind}`, { name: names }), {
      wide: true,
      hint: say("read_out"),
      parts: [h("div", { class: "read-out" }, lines.map((line) => h("p", {}, line))), picked.element, why.element],
      focus: picked.focus,
      submit: () => {
        if (picked.value() !== "go") return next(then[picked.value()]);
        return why.value() ? next(then.go, why.value()) : t("console.dialog.reason_missing");
      },
    });
  }

  if (questions.length && !isPast(check, day)) ask([questions[0].question]);
  else if (isOpen(check, day)) then.go("");
  else refuse("closed", closedLines(check, day));
}
