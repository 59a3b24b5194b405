// Finds services as the kiosk does: the server looks. Used as `find` of a finder.

import { named, t } from "./texts.js";

const say = (key, values) => t(`console.search.${key}`, values);

// A service or purpose as an option of a finder.
export const optionOf = (service) => ({
  id: service.code,
  code: service.purpose ? t("console.dialog.purpose") : service.code,
  text: named(service, "plain"),
  detail: named(service) === named(service, "plain") ? "" : named(service),
});

// `asked` → { services, situations, several, near }, without what is not there; null where the server cannot be asked.
export async function findServices(app, text) {
  try {
    return await app.wire.call("find_services", { text: text.slice(0, 60) });
  } catch (error) {
    console.warn("search", error.message);
    return null;
  }
}

// Rows of the options that fit; with `situations` also rows that stand for the services of one.
export const searching = (app, { situations = false } = {}) => async (asked, free) => {
  const found = await findServices(app, asked);
  if (!found) return { rows: [], heading: say("offline"), open: true };
  const left = new Map(free.map((option) => [option.id, option]));
  const those = (codes) => codes.map((code) => left.get(code)).filter(Boolean);
  const inside = situations ? (found.situations || []).map((id) => situation(app.state.situations.get(id), those)) : [];
  const above = inside.filter((row) => row.inside.length);
  const rows = [...above, ...those(found.services)];
  const several = found.several && those(found.services).length > 1;
  const near = Boolean(found.near && rows.length && !above.length);
  const heading = several ? say("several", { word: found.several }) : near ? say("near") : "";
  return { rows, heading, open: several, near };
};

function situation(known, those) {
  const inside = those(known.services);
  return { id: `situation-${known.situation}`, code: say("situation"), text: named(known), detail: say("inside", { count: inside.length }), inside };
}
