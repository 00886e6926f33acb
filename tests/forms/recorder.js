/* In every page of the browser tests: tells of each form that is sent, and which of its choices can be seen and pressed. */
(() => {
  const SMALLEST = 16;
  const told = new Set();
  const general = (words) => (words ?? "").replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, "*");

  const fits = (one) => {
    const area = one.getBoundingClientRect();
    return one.checkVisibility({ visibilityProperty: true }) && area.width >= SMALLEST && area.height >= SMALLEST;
  };
  const free = (one) => {
    one.scrollIntoView({ block: "center", behavior: "instant" });
    const area = one.getBoundingClientRect();
    const there = document.elementFromPoint(area.x + area.width / 2, area.y + area.height / 2);
    return there !== null && (one.contains(there) || [...(one.labels ?? [])].some((label) => label.contains(there)));
  };

  const choicesOf = (form) => {
    const closed = [...form.querySelectorAll("details:not([open])")];
    closed.forEach((one) => { one.open = true; });
    const found = { seen: [], unseen: [] };
    for (const one of form.elements) {
      const names = one.type === "radio" || one.type === "checkbox" ? [`${general(one.name)}=${general(one.value)}`]
        : one.tagName === "SELECT" ? [general(one.name)] : [];
      for (const name of names) {
        const well = !one.disabled && fits(one) && free(one) && ![...(one.options ?? [])].some((option) => option.disabled || option.hidden);
        found[well ? "seen" : "unseen"].push(name);
      }
    }
    closed.forEach((one) => { one.open = false; });
    return found;
  };

  const about = (form, button) => {
    const post = button?.getAttribute("hx-post") ?? form.getAttribute("hx-post");
    const place = post ?? button?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
    return {
      form: form.dataset.form ?? `class ${form.className}`,
      method: post ? "POST" : (button?.getAttribute("formmethod") ?? form.getAttribute("method") ?? "get").toUpperCase(),
      path: new URL(place || location.href, location.href).pathname,
    };
  };

  /* Which forms there are: of the page as it came, and of each part that came later. */
  const list = () => {
    for (const form of document.forms) {
      const words = JSON.stringify(about(form));
      if (!told.has(words)) console.debug("form-there " + words);
      told.add(words);
    }
  };

  const tell = (form, button) => {
    const at = [scrollX, scrollY];
    const choices = choicesOf(form);
    scrollTo({ left: at[0], top: at[1], behavior: "instant" });
    console.debug("form-sent " + JSON.stringify({ ...about(form, button), button: button?.dataset.button ?? null, ...choices }));
  };

  addEventListener("DOMContentLoaded", list);
  addEventListener("htmx:afterSettle", list);

  addEventListener("submit", (event) => tell(event.target, event.submitter), true);
  addEventListener("click", (event) => {
    const button = event.target.closest?.("button[hx-post]");
    if (button?.form) tell(button.form, button);
  }, true);
})();
