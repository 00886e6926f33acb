/* Search from anywhere, and the help for the keys. Everything here is also a plain link or page. */
(() => {
  const palette = () => document.getElementById("palette");
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

  const open = (id) => {
    const dialog = document.getElementById(id);
    if (!dialog || dialog.open) return false;
    dialog.showModal();
    dialog.querySelector("input")?.select();
    return true;
  };

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener && !event.ctrlKey && !event.metaKey && open(opener.dataset.opens)) event.preventDefault();
    if (event.target instanceof HTMLDialogElement) event.target.close();
    for (const menu of document.querySelectorAll("details[open]")) {
      if (menu.querySelector(":scope > .menu") && !menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      if (open("palette")) event.preventDefault();
    } else if (!typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if (event.key === "/" && open("palette")) event.preventDefault();
      if (event.key === "?" && open("keys")) event.preventDefault();
    }
    if (palette()?.open) walk(event);
  });

  /* The arrows walk through the answers; Enter in the field opens the first. */
  const walk = (event) => {
    const links = [...palette().querySelectorAll(".answers a")];
    const field = palette().querySelector("input");
    const at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && links.length) links[Math.min(at + 1, links.length - 1)].focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] || field).focus();
    else if (event.key === "Enter" && document.activeElement === field && links.length && answered === field.value) links[0].click();
    else return;
    event.preventDefault();
  };

  let answered = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.id === "palette-q") event.target.dataset.asked = event.target.value;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "palette-answers") answered = document.getElementById("palette-q").dataset.asked;
    event.target.querySelector?.("[data-focus]")?.focus();
  });
  document.addEventListener("DOMContentLoaded", () => document.querySelector("[data-focus]")?.focus());
})();
