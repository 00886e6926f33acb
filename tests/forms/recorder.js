/* In every page of the browser tests: tells of each form that is sent, and which of its choices can be seen and pressed. */
(() => {
  const SMALLEST = 16;
  const told = new Set();
  const general = (words) => (words ?? "").replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, "*");

  /* Can it be seen, large enough for a finger? Or its words: they may draw it. */
  const parts = (one) => [one, ...(one.labels ?? [])].filter((part) => {
    const area = part.getBoundingClientRect();
    return part.checkVisibility({ visibilityProperty: true }) && area.width >= SMALLEST && area.height >= SMALLEST;
  });
  /* Does nothing lie over it? */
  const free = (part) => {
    part.scrollIntoView({ block: "center", behavior: "instant" });
    const area = part.getBoundingClientRect();
    return part.contains(document.elementFromPoint(area.x + area.width / 2, area.y + area.height / 2));
  };
  const usable = (one) => !one.disabled && ![...(one.options ?? [])].some((option) => option.disabled || option.hidden);
  const nameOf = (one) => (one.tagName === "SELECT" ? general(one.name)
    : one.type === "radio" || one.type === "checkbox" ? `${general(one.name)}=${general(one.value)}` : "");

  const choicesOf = (form, judge) => {
    const found = {};
    for (const one of form.elements) {
      const name = nameOf(one);
      if (name) (found[judge(one)] ??= new Set()).add(name);
    }
    return Object.fromEntries(Object.entries(found).map(([how, names]) => [how, [...names]]));
  };

  const atTheEnd = (form) => {
    const closed = [...form.querySelectorAll("details:not([open])")], at = [scrollX, scrollY];
    closed.forEach((one) => { one.open = true; });
    const found = choicesOf(form, (one) => {
      const seen = parts(one);
      return !seen.length ? "hidden" : usable(one) && seen.some(free) ? "shown" : "covered";
    });
    closed.forEach((one) => { one.open = false; });
    scrollTo({ left: at[0], top: at[1], behavior: "instant" });
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
    console.debug("form-sent " + JSON.stringify({ ...about(form, button), button: button?.dataset.button ?? null, ...atTheEnd(form) }));
  };

  /* What an answer brings to light. */
  addEventListener("change", (event) => {
    const form = event.target.form;
    if (form) setTimeout(() => console.debug("form-changed " + JSON.stringify({ ...about(form), shown: choicesOf(form, (one) => (parts(one).length ? "shown" : "hidden")).shown })));
  });

  addEventListener("DOMContentLoaded", list);
  addEventListener("htmx:afterSettle", list);

  addEventListener("submit", (event) => tell(event.target, event.submitter), true);
  /* A filter that is applied while it is typed or chosen. */
  addEventListener("htmx:beforeRequest", (event) => {
    const one = event.detail.elt, form = one.tagName === "FORM" ? one : one.form;
    if (form && event.detail.requestConfig.verb === "get" && (one === form || one.type === "search")) tell(form);
  });
  addEventListener("click", (event) => {
    const button = event.target.closest?.("button[hx-post]");
    if (button?.form) tell(button.form, button);
  }, true);
})();
