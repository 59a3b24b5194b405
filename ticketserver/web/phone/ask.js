// One question over plain HTTPS, for networks that break live lines: → { message, at }, `at` the server's time in ms, NaN
// where it did not say. Throws AbortError where an answer is too late, anything else where there is none to be had.

const ANSWER_MS = 12000;

export async function ask(id, method, params, locale) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), ANSWER_MS);
  try {
    const answer = await fetch("../phone/rpc", {
      method: "POST",
      signal: patience.signal,
      headers: { "Content-Type": "application/json", "Accept-Language": locale },
      body: JSON.stringify({ jsonrpc: "2.0", id, method, params }),
    });
    if (!answer.ok) throw new Error(`${method}: ${answer.status}`);
    return { message: await answer.json(), at: Date.parse(answer.headers.get("Date")) };
  } finally {
    clearTimeout(timer);
  }
}
