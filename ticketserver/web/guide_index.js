// Finds services by what a guide types: Chinese, pinyin in full or by initials, a code, English; with one letter wrong.
//
//   rank   0 the whole term or a code   1 its beginning   2 from a later sign on   3 all signs in another order
//   then   more signs covered, everyday name before keyword before official name, the catalogue's order
//
// Letters are dealt out so that every sign gets a non-empty beginning of one of its readings: SBK, shebaoka and shebk fit 社保卡.

const NEVER = 9;
const MISTYPED_FROM = 4;
const CHINESE = /[\u3400-\u9fff]/;

const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

export class Index {
  // `signs`: readings of each Chinese sign.
  constructor(services, signs) {
    this.rows = services.map((service, order) => ({
      code: service.code,
      order,
      english: ` ${service.plain_en} ${service.name_en}`.toLowerCase(),
      terms: [[service.plain_zh, 0], ...(service.keywords || []).map((word) => [word, 1]), [service.name_zh, 2], [service.code, 2]].map(
        ([text, kind]) => ({ text: plain(text), kind, signs: [...plain(text)].map((sign) => signs[sign] || [sign]) }),
      ),
    }));
  }

  // Codes, best first; of nothing, all in the catalogue's order.
  find(asked) {
    const typed = plain(asked);
    if (!typed) return this.rows.map((row) => row.code);
    const found = this.ranked(typed, asked.trim().toLowerCase());
    if (found.length || typed.length < MISTYPED_FROM || CHINESE.test(typed)) return found;
    return [...new Set([].concat(...mistyped(typed).map((other) => this.ranked(other, other))))];
  }

  // `words` is what was typed with its spaces, for English.
  ranked(typed, words) {
    const fit = CHINESE.test(typed) ? fitChinese : fitLetters;
    const hits = [];
    for (const row of this.rows) {
      const best = row.terms.map((term) => [...fit(term, typed), term.kind, row.order]).reduce(better);
      if (best[0] === NEVER && typed.length > 2 && row.english.includes(` ${words}`)) best.splice(0, 2, 1, 0);
      if (best[0] !== NEVER) hits.push([best, row.code]);
    }
    return hits.sort((one, other) => compare(one[0], other[0])).map(([, code]) => code);
  }
}

// → [rank, -signs covered].
function fitChinese(term, typed) {
  const at = term.text.indexOf(typed);
  if (at >= 0) return [at ? 2 : Number(term.text !== typed), -typed.length];
  return [...typed].every((sign) => term.text.includes(sign)) ? [3, -typed.length] : [NEVER, 0];
}

function fitLetters(term, typed) {
  for (let start = 0; start < term.signs.length; start += 1) {
    const covered = cover(term.signs, start, typed);
    if (covered) return [start ? 2 : Number(covered < term.signs.length), -covered];
  }
  return [NEVER, 0];
}

// How many signs from `start` on the letters cover at most; 0 = they do not fit.
function cover(signs, start, typed) {
  let reached = new Set([0]);
  let covered = 0;
  for (let place = start; place < signs.length && reached.size; place += 1) {
    const next = new Set();
    for (const at of reached) {
      for (const reading of signs[place]) {
        for (let length = 1; length <= reading.length && typed.startsWith(reading.slice(0, length), at); length += 1) next.add(at + length);
      }
    }
    reached = next;
    if (reached.has(typed.length)) covered = place - start + 1;
  }
  return covered;
}

// One letter too many, or two neighbours in the wrong order.
function mistyped(typed) {
  const places = [...typed].map((_, place) => place);
  const swapped = places.slice(1).map((at) => typed.slice(0, at - 1) + typed[at] + typed[at - 1] + typed.slice(at + 1));
  return [...swapped, ...places.map((at) => typed.slice(0, at) + typed.slice(at + 1))];
}

function compare(one, other) {
  for (let place = 0; place < one.length; place += 1) if (one[place] !== other[place]) return one[place] - other[place];
  return 0;
}

const better = (one, other) => (compare(one, other) <= 0 ? one : other);
