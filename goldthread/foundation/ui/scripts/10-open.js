/* Search from anywhere, dialogs and menus. Whatever is opened here is also a page or a native control. */
(() => {
  const open = (id) => {
    const dialog = document.getElementById(id);
    if (!(dialog instanceof HTMLDialogElement) || dialog.open || document.querySelector("dialog:modal")) return false;
    dialog.showModal();
    dialog.querySelector("input")?.select();
    return true;
  };

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (opener && !elsewhere && open(opener.dataset.opens)) event.preventDefault();
    if (event.target.closest("[data-closes-dialog]")) event.target.closest("dialog")?.close();
    if (event.target instanceof HTMLDialogElement) event.target.close();
    for (const menu of document.querySelectorAll("details[open]:has(> .menu)")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

  const shortcut = (event) => {
    if (event.altKey || event.isComposing) return "";
    const held = event.ctrlKey || event.metaKey;
    if (held && event.key.toLowerCase() === "k") return "search";
    if (held || typing(event.target)) return "";
    return { "/": "search", "?": "keys" }[event.key] ?? "";
  };

  document.addEventListener("keydown", (event) => {
    const wanted = shortcut(event);
    if (wanted && open(wanted)) event.preventDefault();
    if (event.key === "Escape") document.querySelectorAll("details[open]:has(> .menu)").forEach((menu) => { menu.open = false; });
    if (event.target.closest("#search")) walk(event);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form?.requestSubmit();
  });

  /* The arrows walk through the answers. Enter in the field opens the first, when the answers are to what stands there. */
  const walk = (event) => {
    const field = document.getElementById("search-q");
    const answers = [...document.querySelectorAll("#search-answers :is(a, button)")];
    const at = answers.indexOf(document.activeElement);
    const fresh = field.value === field.dataset.answered && answers[0]?.matches("a");
    if (event.key === "ArrowDown" && answers.length) answers[Math.min(at + 1, answers.length - 1)].focus();
    else if (event.key === "ArrowUp" && at >= 0) (answers[at - 1] ?? field).focus();
    else if (event.key === "Enter" && at < 0 && fresh) answers[0].click();
    else if (event.key === "Escape") document.getElementById("search").close(); /* a search field would only empty itself */
    else return;
    event.preventDefault();
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.id === "search-q") event.target.dataset.asked = event.target.value;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const field = document.getElementById("search-q");
    if (event.target.id === "search-answers") field.dataset.answered = field.dataset.asked;
    event.target.querySelector?.("[data-focus]")?.focus();
  });
  Gold.ready(() => document.querySelector("[data-focus]")?.focus());
})();
