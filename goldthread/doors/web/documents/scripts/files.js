/* Files that are too large together are told of before they are sent: the answer to so large a request knows nothing of what was typed. */
(() => {
  const MOST = 25 * 1024 * 1024;
  const looked = (form) => {
    const all = [...form.querySelectorAll("input[type=file]")].flatMap((field) => [...field.files]);
    const large = all.reduce((sum, one) => sum + one.size, 0) > MOST;
    form.querySelector(".too-large").hidden = !large;
    return large;
  };
  const formOf = (event) => (event.target.form ?? event.target).closest?.("form:has(.too-large)");
  document.addEventListener("change", (event) => {
    const form = event.target.type === "file" && formOf(event);
    if (form) looked(form);
  });
  document.addEventListener("submit", (event) => {
    const form = formOf(event);
    if (!form || !looked(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    form.querySelector("input[type=file]").focus();
  }, true);
})();
