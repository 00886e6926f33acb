/* Whoever fills in a line of the clock means that line: its radio is chosen along. */
(() => {
  document.addEventListener("input", (event) => {
    const way = event.target.closest(".way");
    const radio = way?.querySelector("input[type=radio][name=clock]");
    if (radio && event.target !== radio && event.target.value) radio.checked = true;
  });
})();
