/* What the server or the network says is shown in words, at the foot of the page, with what to do. */
(() => {
  const LASTS = 8000;

  const leave = (toast) => {
    if (!toast.matches(".bad")) setTimeout(() => { if (!toast.matches(":hover, :focus-within")) toast.remove(); else leave(toast); }, LASTS);
  };

  const say = (text) => {
    const place = document.getElementById("toasts");
    if (!place || !text) return;
    if ([...place.children].some((toast) => toast.dataset.text === text)) return;
    const toast = document.createElement("div");
    toast.className = "toast bad";
    toast.dataset.text = text;
    const words = document.createElement("span");
    words.textContent = text;
    toast.append(words, Gold.button(Gold.words().close, () => toast.remove()));
    place.append(toast);
  };

  const BY_STATUS = { 403: "forbidden", 404: "missing", 409: "changed", 413: "large", 429: "often" };
  document.addEventListener("htmx:responseError", (event) => say(Gold.words()[BY_STATUS[event.detail.xhr.status] ?? "failed"]));
  document.addEventListener("htmx:sendError", () => say(Gold.words().offline));
  document.addEventListener("htmx:timeout", () => say(Gold.words().offline));

  const shown = () => document.querySelectorAll("[data-toast]:not([data-shown])").forEach((toast) => {
    toast.dataset.shown = "";
    const close = toast.querySelector("[data-closes-toast]");
    if (close) { close.hidden = false; close.addEventListener("click", () => toast.remove()); }
    leave(toast);
  });
  Gold.ready(shown);
  document.addEventListener("htmx:oobAfterSwap", shown);
  document.addEventListener("htmx:afterSettle", shown);

  /* Offline is said once, along the top, until the network is back. */
  const network = () => {
    document.getElementById("offline-line")?.remove();
    if (navigator.onLine) return;
    const line = document.createElement("p");
    line.id = "offline-line";
    line.className = "line-offline";
    line.setAttribute("role", "status");
    line.textContent = Gold.words().gone;
    document.body.append(line);
  };
  globalThis.addEventListener("online", network);
  globalThis.addEventListener("offline", network);
})();
