/* An inquiry is kept as it is typed: on this device at once, on the server a moment later; what stands beside it follows. Without
   this file the form works all the same: every button saves first. */
(() => {
  const NOT_CONTENT = new Set(["csrfmiddlewaretoken", "version", "writer", "do"]);
  const ASKED_ANEW = /^(take|worker|override|enrolled_on|end|reason|told|note|first:.*|wait_.*|refer_.*)$/; /* by the act itself */
  const NOT_KEPT = { has: (name) => ASKED_ANEW.test(name) };
  const PAUSE = 700;
  const LONGEST = 3000;
  const RETRY = [2000, 4000, 8000, 15000, 30000];
  const WRITER = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const states = new WeakMap();
  let current = null;

  const words = () => document.getElementById("inquiry-words").dataset;
  const place = (form) => `inquiry:${form.dataset.inquiry}`;
  const content = (form) => {
    const values = {};
    for (const field of form.elements) {
      if (!field.name || NOT_CONTENT.has(field.name) || field.disabled || field.type === "submit") continue;
      const all = (values[field.name] ??= []);
      if (!["checkbox", "radio"].includes(field.type) || field.checked) all.push(field.value);
    }
    return values;
  };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const changed = (now, before) => Object.keys(now).filter((name) => !same(now[name], before[name] ?? []));
  const fill = (form, values) => {
    for (const field of form.elements) {
      const said = values[field.name];
      if (!said || NOT_CONTENT.has(field.name)) continue;
      if (["checkbox", "radio"].includes(field.type)) field.checked = said.includes(field.value);
      else if (field.type !== "hidden") field.value = said[0] ?? "";
    }
  };
  const say = (form, text) => { form.querySelector("[data-saved] > span").textContent = text; };
  setInterval(() => {
    const state = current?.isConnected && states.get(current);
    if (!state?.savedAt || state.trouble) return;
    const seconds = Math.round((Date.now() - state.savedAt) / 1000);
    say(current, seconds < 60 ? words().seconds.replace("0", seconds) : words().minutes.replace("0", Math.floor(seconds / 60)));
  }, 5000);

  const later = (form, wait) => {
    const state = states.get(form);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(form), wait);
  };
  const typed = (form) => {
    const state = states.get(form);
    if (!state || state.sending) return;
    Gold.vault.put(place(form), { version: state.version, content: content(form), base: state.base });
    state.since ??= Date.now();
    later(form, Math.max(0, Math.min(PAUSE, state.since + LONGEST - Date.now())));
  };

  const save = async (form, leaving = false) => {
    const state = states.get(form);
    if (!state || state.sending || !form.isConnected) return;
    if (state.busy) { state.again = true; return; }
    const values = content(form);
    const names = changed(values, state.base);
    if (!names.length) { state.since = null; return; }
    if (!state.version && names.every((name) => NOT_KEPT.has(name))) return;
    state.busy = true;
    const body = new URLSearchParams(new FormData(form));
    body.set("changed", names.filter((name) => !NOT_KEPT.has(name)).join(","));
    for (const name of names) if (!values[name].length) body.set(name, "");
    try {
      const answer = await fetch(form.dataset.save, { method: "POST", body, keepalive: leaving });
      const json = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
      if (answer.ok && json) kept(form, json, values);
      else if (json?.said) trouble(form, json.said);
      else if (answer.redirected || answer.status === 403) trouble(form, words().out);
      else throw new Error("not saved");
    } catch {
      trouble(form, words().offline);
      later(form, RETRY[Math.min(state.failed++, RETRY.length - 1)]);
    } finally {
      state.busy = false;
      if (state.again) { state.again = false; later(form, 0); }
    }
  };
  const trouble = (form, text) => { states.get(form).trouble = text; say(form, text); };

  const kept = (form, json, values) => {
    const state = states.get(form);
    Object.assign(state, { version: json.version, base: values, failed: 0, since: null, trouble: "", savedAt: Date.now() });
    form.elements.version.value = json.version;
    if (location.pathname !== form.getAttribute("action")) history.replaceState(null, "", form.getAttribute("action"));
    say(form, words().saved);
    if (json.name) form.querySelector("[data-name]").textContent = json.name;
    const now = content(form);
    swap(form, json.beside);
    fill(form, Object.fromEntries(changed(now, values).map((name) => [name, now[name]]))); /* typed while the answer was under way */
    state.base = { ...content(form), ...values };
    for (const clash of json.clashes) both(form, clash, values);
    if (changed(content(form), state.base).length) typed(form);
    else Gold.vault.drop(place(form));
  };

  /* The columns beside are new; where somebody was in them, there they are again. */
  const swap = (form, html) => {
    const box = document.getElementById("beside");
    const at = box.contains(document.activeElement) ? document.activeElement : null;
    const back = at && { id: at.id, name: at.name, value: at.value, from: at.selectionStart, to: at.selectionEnd };
    const opened = [...box.querySelectorAll("details")].map((one) => one.open);
    box.innerHTML = html;
    const details = [...box.querySelectorAll("details")];
    if (details.length === opened.length) details.forEach((one, number) => { one.open = opened[number]; });
    htmx.process(box);
    if (!back) return;
    const found = [...form.elements].find((field) => field.name === back.name && (back.name ? field.value === back.value || ["text", "textarea", "select-one"].includes(field.type) : false));
    found?.focus({ preventScroll: true });
    if (back.from != null && found?.setSelectionRange) try { found.setSelectionRange(back.from, back.to); } catch { /* a field without a caret */ }
  };

  const both = (form, clash, values) => {
    const field = form.elements[clash.field];
    const target = field instanceof RadioNodeList ? field[0] : field;
    if (!target) return;
    const box = document.createElement("div");
    box.className = "conflict clash";
    box.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = words().clash.replace("§", [clash.theirs].flat().join(", "));
    const state = states.get(form);
    const done = (mine) => {
      box.remove();
      if (mine) state.base = { ...state.base, [clash.field]: [clash.theirs].flat() };
      else fill(form, { [clash.field]: [clash.theirs].flat() });
      if (!mine) state.base = { ...state.base, [clash.field]: [clash.theirs].flat() };
      typed(form);
    };
    box.append(text, Gold.button(words().mine, () => done(true)), Gold.button(words().theirs, () => done(false)));
    (target.closest(".field, fieldset") ?? target.parentElement).append(box);
  };

  const start = async () => {
    const form = document.getElementById("inquiry");
    if (!form || states.has(form) || "done" in form.dataset) return;
    const loaded = content(form);
    const state = { version: Number(form.elements.version.value), base: loaded, failed: 0, trouble: "", savedAt: 0 };
    states.set(form, state);
    current = form;
    form.elements.writer.value = WRITER;
    form.querySelector("[data-plain-save]").hidden = true;
    if (form.querySelector(".errors, .conflict:not(.clash)")) return;
    const local = await Gold.vault.get(place(form));
    if (!local || same(local.content, loaded) || !same(content(form), loaded)) return;
    const names = changed(local.content, local.base ?? {}).filter((name) => !NOT_KEPT.has(name));
    if (!names.length) return;
    fill(form, Object.fromEntries(names.map((name) => [name, local.content[name]])));
    say(form, words().restored);
    typed(form);
  };

  const ours = (event) => (event.target.form?.id === "inquiry" && states.has(event.target.form) ? event.target.form : null);
  document.addEventListener("input", (event) => { const form = ours(event); if (form) typed(form); });
  document.addEventListener("change", (event) => {
    const form = ours(event);
    if (!form) return;
    typed(form);
    if (["program", "take"].includes(event.target.name)) later(form, 0);
  });
  document.addEventListener("submit", (event) => {
    const state = states.get(event.target);
    if (!state) return;
    clearTimeout(state.timer);
    state.sending = true;
    setTimeout(() => { state.sending = false; }, 6000);
    Gold.vault.drop(place(event.target));
  });
  globalThis.addEventListener("online", () => { if (current?.isConnected) later(current, 0); });
  const flush = () => { if (current?.isConnected && states.get(current)?.since) save(current, true); };
  globalThis.addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") flush(); });
  Gold.ready(start);
  document.addEventListener("htmx:afterSettle", start);
})();
