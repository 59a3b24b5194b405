// What the hall is told in its own words, by guide and supervisor: announcements, said once, and notices, which stand.
// Two buttons for the head, a dialog behind each; the dialogs list what is told now and can take it back.

import { clockTime, todayAt } from "./clock.js";
import { show } from "./dialogs.js";
import { byId, h, redraw } from "./dom.js";
import { choices } from "./pickers.js";
import { named, t, term } from "./texts.js";
import { Refused, requestId } from "./wire.js";

const say = (key, values) => t(`announce.${key}`, values);
const KEYS = { KeyB: "announce", KeyI: "notice" };
const LANGUAGES = ["zh", "en"];

export class Announce {
  constructor(app) {
    this.app = app;
    this.announcements = [];
    this.notices = [];
  }

  // From the queue, as it is told. → whether the head looks different now.
  all(queue) {
    const before = this.notices.length;
    this.announcements = queue.announcements || [];
    this.notices = queue.notices || [];
    if (byId("announced-list")) redraw(byId("announced-list"), this.announced());
    if (byId("notice-list")) redraw(byId("notice-list"), this.standing());
    return this.notices.length !== before;
  }

  // The buttons of the head.
  buttons() {
    const button = (id, key, words) => h("button", { type: "button", id: `${id}-button`, "data-focus": id, "aria-keyshortcuts": key, onclick: () => this[id]() }, words, h("kbd", {}, key));
    const count = this.notices.length;
    return [button("announce", "B", say("title")), button("notice", "I", count ? say("notices_count", { count }) : say("notices"))];
  }

  // → whether this key is ours.
  press(code) {
    const wanted = KEYS[code];
    if (wanted) this[wanted]();
    return Boolean(wanted);
  }

  async announce() {
    if (!this.app.state.up) return this.app.say(t("console.actions.offline", { action: say("title") }));
    const ready = await readyOnes();
    const texts = textInputs(120, 300);
    const urgent = h("input", { type: "checkbox" });
    const picked = choices(ready.map((each, place) => [String(place), named(each, "text")]), { label: say("ready"), checked: -1 });
    picked.onchange(() => {
      const chosen = ready[picked.value()];
      texts.write(chosen);
      urgent.checked = chosen.urgent;
    });
    const repeat = h("select", {}, [1, 2, 3].map((count) => h("option", { value: String(count), selected: count === 2 }, say(`repeat_${count}`))));
    const zones = [...this.app.state.zoneNames.values()].map((zone) => ({ zone: zone.zone, name: named(zone), box: h("input", { type: "checkbox" }) }));
    const send = this.sender("announce", say("title"), () => say("done"));
    return show(say("title"), {
      wide: true,
      hint: say("hint"),
      parts: [
        h("ul", { id: "announced-list", class: "told" }, this.announced()),
        picked.element,
        texts.element,
        h("p", { class: "line" }, h("label", {}, urgent, h("span", {}, say("urgent"))), h("label", {}, h("span", { class: "unseen" }, say("repeat")), repeat)),
        h("fieldset", { class: "zones" }, h("legend", {}, say("zones")), zones.map(({ name, box }) => h("label", {}, box, h("span", {}, name)))),
      ],
      focus: picked.focus,
      submit: () => {
        if (!texts.value().text_zh) return say("nothing");
        const asked = { ...texts.value(), urgent: urgent.checked, repeat: Number(repeat.value) };
        return send({ ...asked, zones: zones.filter(({ box }) => box.checked).map(({ zone }) => zone) });
      },
    });
  }

  notice() {
    if (!this.app.state.up) return this.app.say(t("console.actions.offline", { action: say("notices") }));
    const texts = textInputs(60, 140);
    const until = h("input", { type: "time", "aria-label": say("until") });
    const send = this.sender("set_notice", say("notices"), () => say("notice_done"));
    return show(say("notices"), {
      wide: true,
      hint: say("notice_hint"),
      parts: [h("ul", { id: "notice-list", class: "told" }, this.standing()), texts.element, h("label", { class: "line" }, h("span", {}, say("until")), until)],
      focus: texts.focus,
      submit: () => (texts.value().text_zh ? send({ ...texts.value(), until_ms: until.value ? todayAt(this.app.state.now, until.value) : 0 }) : say("nothing")),
    });
  }

  // Rows of what may still be said, and of the notices that stand; with a button that takes each back.
  announced() {
    return this.announcements.map((each) => this.row(each, say("announced_at", this.values(each)), "stop_announcement", { announcement_id: each.announcement_id }));
  }

  standing() {
    if (!this.notices.length) return h("li", { class: "quiet" }, say("no_notices"));
    return this.notices.map((each) => {
      const until = each.until_ms ? say("until_time", { time: clockTime(each.until_ms) }) : say("until_end");
      return this.row(each, `${say("noticed_at", this.values(each))} · ${until}`, "clear_notice", { notice_id: each.notice_id });
    });
  }

  values(each) {
    return { role: term("role", each.by), time: clockTime(each.at_ms) };
  }

  row(each, facts, method, params) {
    const id = Object.values(params)[0];
    const words = say(method);
    const takeBack = this.sender(method, words, () => null);
    return h(
      "li",
      {},
      h("span", { class: "words", title: named(each, "text") }, each.urgent && h("b", { class: "urgent" }, say("urgent_mark")), named(each, "text")),
      h("span", { class: "quiet" }, facts),
      h("button", { type: "button", class: "small", "data-focus": `${method}-${id}`, "aria-label": `${words} ${each.text_zh}`, onclick: () => takeBack(params) }, words),
    );
  }

  // Sends one thing; asked again after no answer, the same thing is the same request. → nothing, or what went wrong.
  sender(method, action, done) {
    let asked = "";
    let id = "";
    return async (params) => {
      if (JSON.stringify(params) !== asked) [asked, id] = [JSON.stringify(params), requestId()];
      try {
        await this.app.wire.call(method, { request_id: id, ...params });
        this.app.say(done(), true);
        return "";
      } catch (error) {
        return this.app.say(error instanceof Refused ? t("console.actions.failed", { action, reason: error.message }) : say("unsure", { action }));
      }
    };
  }
}

// The text in Chinese and, if one likes, in English.
function textInputs(most_zh, most_en) {
  const input = (language, most) => h("input", { type: "text", class: "wide", maxlength: String(most), "aria-label": say(`text_${language}`), placeholder: say(`text_${language}`) });
  const [zh, en] = [input("zh", most_zh), input("en", most_en)];
  return {
    element: h("div", { class: "texts" }, zh, en),
    focus: () => zh.focus(),
    write: (text) => {
      zh.value = text.text_zh;
      en.value = text.text_en;
    },
    value: () => ({ text_zh: zh.value.trim(), text_en: en.value.trim() }),
  };
}

// The ready sentences, each in both languages whichever the page speaks; the urgent ones last.
async function readyOnes() {
  const catalogues = await Promise.all(LANGUAGES.map(async (language) => (await fetch(`texts/${language}.json`)).json()));
  const of = (key, urgent) => catalogues[0][key].map((text_zh, place) => ({ text_zh, text_en: catalogues[1][key][place], urgent }));
  return [...of("announce.ready_plain", false), ...of("announce.ready_urgent", true)];
}
