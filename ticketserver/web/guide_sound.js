// A short tone while somebody at a kiosk waits for help. A browser lets a page sound only after a click or a key in it.

const EVERY_MS = 3000;
const TONES = [[880, 0], [660, 0.18]];
const TONE_S = 0.16;
const LOUD = 0.25;
const KEY = "sound";

export class Bell {
  // `changed` hears when the bell can sound, or is turned on or off.
  constructor(storage, changed) {
    this.storage = storage;
    this.changed = changed;
    this.on = storage.getItem(KEY) !== "off";
    this.context = null;
    this.timer = null;
    const unlock = () => {
      for (const kind of ["pointerdown", "keydown"]) document.removeEventListener(kind, unlock);
      this.context = new AudioContext();
      this.context.resume();
      if (this.timer) this.sound();
      this.changed();
    };
    for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, unlock);
  }

  // on, off, or locked until the first click.
  get state() {
    if (!this.on) return "off";
    return this.context ? "on" : "locked";
  }

  toggle() {
    this.on = !this.on;
    this.storage.setItem(KEY, this.on ? "on" : "off");
    this.changed();
  }

  ring(wanted) {
    if (wanted === Boolean(this.timer)) return;
    clearInterval(this.timer);
    this.timer = wanted ? setInterval(() => this.sound(), EVERY_MS) : null;
    if (wanted) this.sound();
  }

  sound() {
    if (!this.on || !this.context) return;
    for (const [pitch, after] of TONES) {
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
