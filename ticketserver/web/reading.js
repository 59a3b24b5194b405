// Reads the lists at the right side again when the hall has changed, at most once a second however often it does.

import { drawLists, TAB_QUERIES } from "./lists.js";
import { rested } from "./rested.js";

const LIST_LENGTH = 30;
const LIST_REST_MS = 1000;

export class Reading {
  constructor(app) {
    this.app = app;
    this.refresh = rested(LIST_REST_MS, () => this.lists());
  }

  async lists() {
    const { state, wire } = this.app;
    const { mine, tab } = state;
    if (!state.up || !state.counter) return;
    try {
      if (tab === "waiting") {
        const waiting = await wire.call("list_waiting", { counter: mine, limit: LIST_LENGTH });
        if (mine === state.mine) state.waiting = waiting;
      } else if (tab === "waits") {
        state.waits = await wire.call("get_wait_report", {});
      } else {
        const visits = await this.visits(TAB_QUERIES[tab]);
        if (tab === state.tab) state.visits = visits;
      }
    } catch (error) {
      // A list that cannot be had is no act of the clerk's: the stale mark tells, and the next change asks again.
      console.warn("list", error.message);
    }
    drawLists(this.app);
  }

  async visits(asked) {
    const view = await this.app.wire.call("list_visits", { ...asked, limit: LIST_LENGTH });
    return view.visits || [];
  }
}
