/* What the server or the network says is shown in words, at the foot of the page. */
(() => {
  const say = (text, bad) => {
    const place = document.querySelector("[data-toasts]");
    if (!place || !text) return;
    const toast = document.createElement("p");
    toast.className = bad ? "toast bad" : "toast";
    toast.textContent = text;
    place.append(toast);
    setTimeout(() => toast.remove(), 8000);
  };
  const words = () => document.getElementById("words").dataset;
  document.addEventListener("htmx:sendError", () => say(words().offline, true));
  document.addEventListener("htmx:timeout", () => say(words().offline, true));
  document.addEventListener("htmx:responseError", (event) => {
    const by = { 403: "refused", 404: "refused", 413: "large", 429: "often" };
    say(words()[by[event.detail.xhr.status] || "failed"], true);
  });
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-toasts] .toast:not(.bad)").forEach((toast) => setTimeout(() => toast.remove(), 8000));
  });
})();
