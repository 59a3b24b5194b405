// Makes elements without a framework: h("button", { class: "key", onclick: f }, "text", child…).

export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

// Draws anew what stands in `box` and keeps the focus on the element with the same data-focus.
export function redraw(box, ...children) {
  const focused = box.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  box.replaceChildren(...children.flat(Infinity).filter(Boolean));
  if (focused) box.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

// Writes text only where it changed, so that screen readers hear changes and nothing else.
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
