// The token comes in the link's fragment and stays in this tab only; the address bar does not show it.

export function readLink(role) {
  const link = new URLSearchParams(location.hash.slice(1));
  if (link.get("token")) {
    sessionStorage.setItem("token", link.get("token"));
    sessionStorage.setItem("role", link.get("role") || role);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return { token: sessionStorage.getItem("token") || "", role: sessionStorage.getItem("role") || role };
}
