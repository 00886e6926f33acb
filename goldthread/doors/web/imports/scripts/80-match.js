/* What a column holds is dragged onto it. The menu beside each column does the same, by keyboard and by finger. */
(() => {
  let dragged = null;
  const menus = () => [...document.querySelectorAll("[data-takes] select")];
  const column = (event) => dragged && event.target.closest?.("[data-takes]");
  const none = () => document.querySelectorAll("[data-takes].over").forEach((row) => row.classList.remove("over"));

  /* What is on some column already stands back. */
  const show = () => {
    const palette = document.querySelector("[data-palette]");
    if (!palette) return;
    palette.hidden = false;
    const used = new Set(menus().map((menu) => menu.value));
    palette.querySelectorAll("[data-field]").forEach((field) => field.classList.toggle("used", used.has(field.dataset.field)));
  };

  document.addEventListener("dragstart", (event) => {
    const field = event.target.closest?.("[data-palette] [data-field]");
    if (!field) return;
    dragged = field;
    event.dataTransfer.effectAllowed = "copy";
    event.dataTransfer.setData("text/plain", field.textContent);
  });
  document.addEventListener("dragover", (event) => {
    const row = column(event);
    if (!row) return;
    event.preventDefault();
    none();
    row.classList.add("over");
  });
  document.addEventListener("drop", (event) => {
    const row = column(event);
    if (!row) return;
    event.preventDefault();
    const { field, once, keep } = dragged.dataset;
    const chosen = row.querySelector("select");
    if (once) menus().filter((menu) => menu !== chosen && menu.value === field).forEach((menu) => { menu.value = keep; });
    chosen.value = field;
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("dragend", () => {
    dragged = null;
    none();
  });
  document.addEventListener("change", (event) => {
    if (event.target.closest?.("[data-takes]")) show();
  });
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("htmx:load", show);
})();
