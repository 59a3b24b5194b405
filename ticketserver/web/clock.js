// Times of day as the hall's clock has them, whatever zone this computer is set to.

let face = clockFace(undefined);

function clockFace(timeZone) {
  const [two, year] = ["2-digit", "numeric"];
  return new Intl.DateTimeFormat("en-GB", { timeZone, hourCycle: "h23", year, month: two, day: two, hour: two, minute: two, second: two });
}

export function useTimeZone(name) {
  face = clockFace(name);
}

// What the hall's clock shows at a moment, as if it were UTC.
function shown(ms) {
  const part = {};
  for (const { type, value } of face.formatToParts(ms)) part[type] = Number(value);
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
}

// `8:30`
export function clockTime(ms) {
  const time = new Date(shown(ms));
  return `${time.getUTCHours()}:${String(time.getUTCMinutes()).padStart(2, "0")}`;
}

// Milliseconds of `08:30` on the hall's day of `now`; not a number where the time is none.
export function todayAt(now, time) {
  const [hours, minutes] = time.split(":").map(Number);
  const wall = shown(now);
  return now - (now % 1000) - wall + new Date(wall).setUTCHours(hours, minutes, 0, 0);
}
