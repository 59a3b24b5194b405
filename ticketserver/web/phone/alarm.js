// Rings and vibrates while the page is open. A browser lets a page do so only after a touch, so it asks for one; it
// also keeps the screen lit from then on, where the browser can. A locked phone stays silent, and the page says so. A
// phone that took the sound away, for a call or a sleep, and does not give it back by itself is asked for a touch again.

import { byId, h, redraw } from "../dom.js";
import { t } from "../texts.js";
import { isNew } from "./draw.js";

// [pitch in Hz, seconds after the start]
const CALLED = [0, 2.2, 4.4].flatMap((after) => [[880, after], [660, after + 0.3], [880, after + 0.6]]);
const NEARLY = [[660, 0], [660, 0.35]];
const PROOF = [[880, 0]];
const TONE_S = 0.24;
const LOUD = 0.5;
const SHAKES = { called: [500, 200, 500, 200, 500, 900, 500, 200, 500], nearly: [300, 200, 300] };

const Context = window.AudioContext || window.webkitAudioContext;

export class Alarm {
  constructor() {
    this.context = null;
    this.wanted = false;
    this.last = {};
    document.addEventListener("visibilitychange", () => document.hidden || this.awake());
  }

  draw(wanted) {
    const box = byId("alarm");
    const on = Boolean(this.context) && this.context.state === "running";
    this.wanted = wanted;
    if (!isNew(box, wanted, on)) return;
    const text = on ? t("phone.alarm.on") : Context ? t("phone.alarm.off") : t("phone.alarm.silent");
    const button = Context && !on && h("button", { type: "button", onclick: () => this.turnOn() }, t("phone.alarm.turn_on"));
    redraw(box, wanted && button, wanted && h("p", {}, text));
  }

  turnOn() {
    if (!this.context) {
      this.context = new Context();
      this.context.onstatechange = () => this.draw(this.wanted);
    }
    this.awake();
    this.sound(PROOF);
    this.draw(true);
  }

  // `key` tells one occasion from the next: it sounds once for each.
  ring(kind, key) {
    if (this.last[kind] === key) return;
    this.last[kind] = key;
    if (!this.context) return;
    this.sound(kind === "called" ? CALLED : NEARLY);
    if (navigator.vibrate) navigator.vibrate(SHAKES[kind]);
  }

  // A browser suspends sound and lets the screen go dark while a page is out of sight.
  async awake() {
    if (!this.context) return;
    const quiet = (refused) => console.info("no sound yet:", refused.message);
    this.context.resume().catch(quiet);
    try {
      await navigator.wakeLock?.request("screen");
    } catch (refused) {
      console.info("the screen may go dark:", refused.message);
    }
  }

  sound(tones) {
    for (const [pitch, after] of tones) {
      const tone = this.context.createOscillator();
      const volume = this.context.createGain();
      tone.frequency.value = pitch;
      volume.gain.value = LOUD;
      tone.connect(volume);
      volume.connect(this.context.destination);
      tone.start(this.context.currentTime + after);
      tone.stop(this.context.currentTime + after + TONE_S);
    }
  }
}
