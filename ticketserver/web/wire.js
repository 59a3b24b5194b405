// One page's conversation with the server: JSON-RPC 2.0 over a WebSocket.
//
//   dial → hello → subscribe → up ─ gap in n → subscribe again ─ closed → rest → dial
//
// A connection that ends sends every unanswered call again, unchanged, after the next greeting: changes carry a
// request_id, so the server answers a repeated one as it did the first time. A notification whose `n` is not one more
// than the last means something was missed; the page subscribes again and gets the whole state. A server that stays
// silent for ANSWER_MS loses the line.

const PROTOCOL = 1;
const FIRST_REST_MS = 200;
const LONGEST_REST_MS = 5000;
const ANSWER_MS = 5000;
const GIVE_UP_MS = 10000;
const OPEN_MS = 5000;

export class Refused extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

export class Unreachable extends Error {}

export function randomText(bytes) {
  const raw = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...raw)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const boot = randomText(9);
let requests = 0;
export const requestId = () => `${boot}-${(requests += 1)}`;

export class Wire {
  // asked: what is subscribed to; told: { up(hello, snapshot), note(method, params), down(reason, code) }
  constructor(url, hello, asked, told) {
    this.url = url;
    this.hello = { protocol: PROTOCOL, ...hello };
    this.asked = asked;
    this.told = told;
    this.calls = new Map();
    this.lastId = 0;
    this.restMs = FIRST_REST_MS;
    this.greeted = this.up = false;
    this.reason = "";
  }

  start() {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    this.patience = setTimeout(() => this.hangUp(socket, ""), OPEN_MS);
    socket.onopen = () => this.step("hello", this.hello);
    socket.onmessage = (event) => socket === this.socket && this.received(JSON.parse(event.data));
    socket.onclose = () => this.closed(socket);
  }

  // The next connection greets in another language.
  speak(locale) {
    this.hello.locale = locale;
    this.restMs = FIRST_REST_MS;
    if (this.socket) this.hangUp(this.socket, "");
  }

  call(method, params, giveUpMs = GIVE_UP_MS) {
    return new Promise((resolve, reject) => {
      const id = (this.lastId += 1);
      const timer = setTimeout(() => this.settle(id, (call) => call.reject(new Unreachable(method))), giveUpMs);
      this.calls.set(id, { method, params, resolve, reject, timer, sent: false });
      if (this.greeted) this.sendCalls();
    });
  }

  step(method, params) {
    clearTimeout(this.patience);
    const socket = this.socket;
    this.patience = setTimeout(() => this.hangUp(socket, ""), ANSWER_MS);
    this.stepId = this.lastId += 1;
    this.send(this.stepId, method, params);
  }

  send(id, method, params) {
    this.socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
  }

  sendCalls() {
    const socket = this.socket;
    for (const [id, call] of this.calls) {
      if (call.sent) continue;
      call.sent = true;
      this.send(id, call.method, call.params);
      call.silence = setTimeout(() => this.hangUp(socket, ""), ANSWER_MS);
    }
  }

  received(message) {
    if (message.method) this.noted(message);
    else if (message.id === this.stepId) this.stepped(message);
    else this.answered(message);
  }

  stepped(message) {
    clearTimeout(this.patience);
    if (message.error) {
      this.hangUp(this.socket, message.error.message, message.error.data?.code);
    } else if (!this.greeted) {
      this.greeted = true;
      this.answer = message.result;
      this.step("subscribe", this.asked);
      this.sendCalls();
    } else {
      this.stepId = 0;
      this.n = 0;
      this.up = true;
      this.restMs = FIRST_REST_MS;
      this.reason = "";
      this.told.up(this.answer, message.result);
    }
  }

  noted(message) {
    if (!this.up) return;
    this.n += 1;
    if (message.params.n === this.n) {
      this.told.note(message.method, message.params);
    } else {
      this.up = false;
      this.step("subscribe", this.asked);
    }
  }

  answered(message) {
    if (message.error?.data?.code === "server_stopping") return;
    this.settle(message.id, (call) => {
      if (message.error) call.reject(new Refused(message.error.data?.code || "", message.error.message));
      else call.resolve(message.result);
    });
  }

  settle(id, how) {
    const call = this.calls.get(id);
    if (!call) return;
    this.calls.delete(id);
    clearTimeout(call.timer);
    clearTimeout(call.silence);
    how(call);
  }

  // Gives a line up at once: a dead one may take minutes to close by itself.
  hangUp(socket, reason, code = "") {
    if (socket !== this.socket) return;
    this.reason = reason;
    this.code = code;
    socket.close();
    this.closed(socket);
  }

  closed(socket) {
    if (socket !== this.socket) return;
    this.socket = null;
    this.greeted = this.up = false;
    clearTimeout(this.patience);
    for (const call of this.calls.values()) {
      call.sent = false;
      clearTimeout(call.silence);
    }
    this.rest = setTimeout(() => this.start(), this.restMs * (0.5 + Math.random() / 2));
    this.restMs = Math.min(this.restMs * 2, LONGEST_REST_MS);
    this.told.down(this.reason, this.code);
  }
}
