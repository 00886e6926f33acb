/* Nothing typed is lost: a form with data-keep is kept on this device while it is written, and given back after a lost
   network, an ended session or a closed tab; forgotten once it is saved, or at sign-out. Secrets and files are not kept. */
(() => {
  const NEVER = new Set(["csrfmiddlewaretoken", "version", "form_id"]);
  const SENT = "kept-sent";
  const kept = (field) => field.name && !NEVER.has(field.name) && !["password", "file", "hidden", "submit", "button"].includes(field.type);
  const nameOf = (form) => form.dataset.keep || `${location.pathname}#${form.getAttribute("action") ?? ""}`;
  const asLoaded = new WeakMap();

  const read = (form) => {
    const values = {};
    for (const field of form.elements) {
      if (!kept(field)) continue;
      const all = (values[field.name] ??= []);
      if (field.matches("select[multiple]")) all.push(...[...field.selectedOptions].map((one) => one.value));
      else if (!["checkbox", "radio"].includes(field.type) || field.checked) all.push(field.value);
    }
    return values;
  };

  const fill = (form, values) => {
    const taken = {};
    for (const field of form.elements) {
      if (!kept(field) || !(field.name in values)) continue;
      const all = values[field.name];
      if (["checkbox", "radio"].includes(field.type)) field.checked = all.includes(field.value);
      else if (field.matches("select[multiple]")) for (const one of field.options) one.selected = all.includes(one.value);
      else field.value = all[(taken[field.name] = (taken[field.name] ?? -1) + 1)] ?? field.value;
    }
  };

  const offer = (form) => {
    const notice = document.createElement("div");
    notice.className = "kept";
    notice.setAttribute("role", "status");
    const words = document.createElement("span");
    words.textContent = Gold.words().restored;
    notice.append(words, Gold.button(Gold.words().discard, () => {
      Gold.vault.drop(nameOf(form));
      fill(form, JSON.parse(asLoaded.get(form)));
      notice.remove();
    }));
    form.prepend(notice);
  };

  const start = async (form) => {
    if (asLoaded.has(form)) return;
    asLoaded.set(form, JSON.stringify(read(form)));
    if (form.querySelector(".errors, .conflict")) return; /* the server has just given back what was typed */
    const values = await Gold.vault.get(nameOf(form));
    if (!values || JSON.stringify(values) === asLoaded.get(form) || JSON.stringify(read(form)) !== asLoaded.get(form)) return;
    fill(form, values);
    offer(form);
  };

  const typed = (event) => {
    const form = event.target.form;
    if (form?.matches("[data-keep]") && kept(event.target)) Gold.vault.put(nameOf(form), read(form));
  };
  const startAll = () => document.querySelectorAll("form[data-keep]").forEach(start);

  /* Without htmx, a form that was saved leads to a page without its errors; only then it is forgotten. */
  const forgetSent = () => {
    const sent = sessionStorage.getItem(SENT);
    sessionStorage.removeItem(SENT);
    if (sent && !document.querySelector(".errors, .conflict, .door, .error-page")) Gold.vault.drop(sent);
  };

  if (Gold.vault.ready) {
    document.addEventListener("input", typed);
    document.addEventListener("change", typed);
    Gold.ready(() => { forgetSent(); startAll(); });
    document.addEventListener("htmx:afterSettle", startAll);
    document.addEventListener("htmx:afterRequest", (event) => {
      const form = event.detail.requestConfig?.elt?.closest?.("form[data-keep]"); /* the answer may have taken its place already */
      const saved = event.detail.successful && event.detail.requestConfig?.verb === "post" && !event.detail.xhr.response.includes('class="errors"');
      if (form && saved) Gold.vault.drop(nameOf(form));
    });
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (form.matches("[data-keep]") && !form.matches("[hx-post]")) sessionStorage.setItem(SENT, nameOf(form));
      if (form.action && new URL(form.action).pathname === document.documentElement.dataset.out) Gold.vault.empty();
    });
  }

  /* Leaving a page asks first only when something would be lost: a form that is not kept, or a chosen file. */
  let leaving = false;
  const touched = new WeakSet();
  document.addEventListener("input", (event) => { if (event.target.form?.method === "post") touched.add(event.target.form); });
  document.addEventListener("submit", () => { leaving = true; setTimeout(() => { leaving = false; }, 4000); });
  globalThis.addEventListener("beforeunload", (event) => {
    const lost = (form) => {
      const file = [...form.querySelectorAll("input[type=file]")].some((field) => field.files.length);
      const safe = form.matches("[data-keep]") && Gold.vault.ready;
      return touched.has(form) && !form.closest(".door") && (file || (!safe && !form.matches("[data-quiet]")));
    };
    if (!leaving && [...document.forms].some(lost)) event.preventDefault();
  });
})();
