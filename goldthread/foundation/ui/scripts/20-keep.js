/* Nothing typed is lost: a form with data-keep is kept on this device while it is written, and given back after a lost
   network, an ended session or a closed tab. Kept under the signed-in person, so that nobody else is shown it. */
(() => {
  const who = document.documentElement.dataset.who;
  const PREFIX = "kept:";
  const LASTS = 12 * 60 * 60 * 1000;
  const words = () => document.getElementById("words").dataset;
  const keyOf = (form) => `${PREFIX}${who}:${form.dataset.keep}`;
  const NEVER = new Set(["csrfmiddlewaretoken", "version", "form_id"]);
  const kept = (field) => field.name && !NEVER.has(field.name) && !["password", "file", "hidden"].includes(field.type);

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
    for (const field of form.elements) {
      if (!kept(field) || !(field.name in values)) continue;
      const all = values[field.name];
      if (["checkbox", "radio"].includes(field.type)) field.checked = all.includes(field.value);
      else if (field.matches("select[multiple]")) for (const one of field.options) one.selected = all.includes(one.value);
      else if (all.length) field.value = all[0];
    }
  };

  const asIs = new WeakMap();

  const start = (form) => {
    if (asIs.has(form)) return;
    asIs.set(form, JSON.stringify(read(form)));
    let saved = null;
    try { saved = JSON.parse(localStorage.getItem(keyOf(form))); } catch { saved = null; }
    if (!saved || Date.now() - saved.at > LASTS || form.querySelector(".errors, .err")) return;
    if (JSON.stringify(saved.values) === asIs.get(form)) return;
    fill(form, saved.values);
    const note = document.createElement("p");
    const button = document.createElement("button");
    note.className = "door-note";
    note.role = "status";
    note.textContent = `${words().restored} `;
    button.type = "button";
    button.className = "btn sm";
    button.textContent = words().discard;
    button.addEventListener("click", () => { forget(form); fill(form, JSON.parse(asIs.get(form))); note.remove(); });
    note.append(button);
    form.prepend(note);
  };

  const keep = (form) => {
    try { localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values: read(form) })); } catch { /* full or forbidden: the page still works */ }
  };
  const forget = (form) => localStorage.removeItem(keyOf(form));
  const startAll = (root) => root.querySelectorAll?.("form[data-keep]").forEach(start);

  if (who) {
    document.addEventListener("input", (event) => { const form = event.target.form; if (form?.dataset.keep) keep(form); });
    document.addEventListener("change", (event) => { const form = event.target.form; if (form?.dataset.keep) keep(form); });
    document.addEventListener("DOMContentLoaded", () => startAll(document));
    document.addEventListener("htmx:afterSettle", (event) => startAll(event.target.parentElement || document));
    document.addEventListener("htmx:afterRequest", (event) => {
      const form = event.target.closest?.("form[data-keep]");
      if (form && event.detail.successful && event.detail.requestConfig.verb === "post") forget(form);
    });
    /* Without htmx a saved form leads to another page; an unsaved one comes back with its errors and its text. */
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (form.dataset.keep && !form.hasAttribute("hx-post")) sessionStorage.setItem("sent", keyOf(form));
    });
    document.addEventListener("DOMContentLoaded", () => {
      const sent = sessionStorage.getItem("sent");
      sessionStorage.removeItem("sent");
      if (sent && !document.querySelector(".errors, .conflict")) localStorage.removeItem(sent);
    });
  } else {
    /* Nobody is signed in: what earlier people kept on this device stays theirs, until it is too old. */
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(PREFIX)) continue;
      let saved = null;
      try { saved = JSON.parse(localStorage.getItem(key)); } catch { saved = null; }
      if (!saved || Date.now() - saved.at > LASTS) localStorage.removeItem(key);
    }
  }

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-signs-out]")) {
      for (const key of Object.keys(localStorage)) if (key.startsWith(`${PREFIX}${who}:`)) localStorage.removeItem(key);
    }
  });
})();
