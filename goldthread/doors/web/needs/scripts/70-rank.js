/* The order of a list is dragged; its form is sent when something has found its place. Without it, the arrows do. */
(() => {
  let dragged = null;
  document.addEventListener("dragstart", (event) => {
    const row = event.target.closest?.("[data-ranked] > li");
    if (!row) return;
    dragged = row;
    row.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const over = dragged && event.target.closest?.("[data-ranked] > li");
    if (!over || over.parentElement !== dragged.parentElement) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    const after = event.clientY > box.top + box.height / 2;
    if (over !== dragged) over.parentElement.insertBefore(dragged, after ? over.nextSibling : over);
  });
  document.addEventListener("drop", (event) => {
    if (dragged && event.target.closest?.("[data-ranked]")) event.preventDefault();
  });
  document.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("dragged");
    const list = dragged.parentElement;
    dragged = null;
    if (list) document.getElementById(list.dataset.ranked)?.requestSubmit();
  });
})();
