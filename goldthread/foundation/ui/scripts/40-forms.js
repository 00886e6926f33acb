/* A form is sent once: a second press within a few seconds does nothing. (The server would find the same row anyhow.) */
(() => {
  const ONCE = 3000;
  const sent = new WeakMap();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (Date.now() - (sent.get(form) ?? 0) < ONCE) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    sent.set(form, Date.now());
    const buttons = [...form.querySelectorAll("button:not([type=button])")];
    buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
    setTimeout(() => buttons.forEach((button) => button.removeAttribute("aria-disabled")), ONCE);
  }, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (!form) return;
    sent.delete(form);
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  });
  globalThis.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form [aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  });

  /* Colours change as soon as they are chosen; saving keeps them. */
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[name=theme]")) return;
    const chosen = event.target.value;
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-prints]")) globalThis.print();
  });

  /* A filter that was chosen is applied at once. */
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-sends]") || event.target.closest("form[data-sends]")) event.target.form?.requestSubmit();
  });
})();
