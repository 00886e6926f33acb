/* Sharing out clients: dragging, or a menu on each row, ticks the same boxes that are there without it. */
(() => {
  let dragged = null; /* the key of a row, or the address to which a line of the overview leads */
  let opened = null;

  const form = () => document.querySelector("[data-share]");
  const box = (key) => form()?.querySelector(`input[name=move][value="${CSS.escape(key)}"]`);

  const count = () => {
    const many = form().querySelectorAll("input[name=move]:checked").length;
    document.querySelectorAll("[data-chosen]").forEach((place) => { place.textContent = many || ""; });
  };

  const choose = (key, staff) => {
    const [row, to] = [box(key), form()?.querySelector(`input[name=to][value="${CSS.escape(staff)}"]`)];
    if (!row || !to) return;
    row.checked = to.checked = true;
    row.dispatchEvent(new Event("change", { bubbles: true }));
    form().querySelector("[name=reason]").focus();
  };

  const target = (event) => dragged && event.target.closest?.("[data-to], [data-drop]");
  const unmark = () => document.querySelectorAll(".over").forEach((one) => one.classList.remove("over"));

  document.addEventListener("dragstart", (event) => {
    const row = event.target.closest?.("[data-key], [data-drag]");
    if (!row) return;
    dragged = row.dataset.key ?? row.dataset.drag;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  document.addEventListener("dragover", (event) => {
    const place = target(event);
    if (!place) return;
    event.preventDefault();
    unmark();
    place.classList.add("over");
  });
  document.addEventListener("drop", (event) => {
    const place = target(event);
    if (!place) return;
    event.preventDefault();
    if (place.dataset.to) choose(dragged, place.dataset.to);
    else location.assign(`${dragged}&to=${place.dataset.drop}`);
  });
  document.addEventListener("dragend", () => { dragged = null; unmark(); });

  document.addEventListener("click", (event) => {
    const menu = event.target.closest("[data-moves]");
    if (menu) opened = menu.dataset.moves;
    const item = event.target.closest("[data-choose]");
    if (!item || !opened) return;
    item.closest("[popover]").hidePopover();
    choose(opened, item.dataset.choose);
  });
  document.addEventListener("change", (event) => { if (event.target.name === "move" && form()) count(); });
  Gold.ready(() => {
    if (!form()) return;
    document.querySelectorAll("[data-moves]").forEach((button) => { button.hidden = false; });
    count();
  });
})();
