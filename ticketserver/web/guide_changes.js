// What is sent to the server about the number on the card, and how that number is read again.

import { t } from "./texts.js";
import { Refused, requestId } from "./wire.js";

const reasonOf = (error, action) => (error instanceof Refused ? t("console.actions.failed", { action, reason: error.message }) : t("console.actions.unreachable", { action }));

// Sends a change of the number on the card; → nothing, or the sentence that tells why it was not done.
export async function change(app, method, params, said = method) {
  const name = t(`guide.done.name_${said}`);
  if (!app.state.up) return app.say(t("console.actions.offline", { action: name }));
  try {
    const answer = await app.wire.call(method, { request_id: requestId(), ...params });
    if (answer.number) app.ticket = answer;
    app.say(null);
    follow(app);
    return "";
  } catch (error) {
    return app.say(reasonOf(error, name));
  }
}

// Has a kiosk print the slip, in that language ("" as the hall does), and chooses that kiosk from now on; → nothing, or why not.
export async function print(app, ticket, kiosk, language) {
  app.prints.choose(kiosk);
  app.take.drawPrinter();
  try {
    app.prints.noted(await app.wire.call("print_ticket", { request_id: requestId(), visit_id: ticket.visit_id, kiosk, language }));
    app.drawTicket();
    return "";
  } catch (error) {
    return app.say(reasonOf(error, t("guide.act.print")));
  }
}

// The hall has changed: the list and the number on the card are read again.
export async function follow(app) {
  if (!app.ready) return;
  app.list.refresh();
  const { ticket } = app;
  if (!ticket) return;
  try {
    const now = await app.wire.call("find_ticket", { visit_id: ticket.visit_id });
    if (app.ticket === ticket) app.ticket = now;
  } catch (error) {
    console.warn("ticket", error.message);
  }
  app.drawTicket();
}
