/* The note is kept as it is typed: on this device at once, on the server a moment later; and it is signed once. Without this
   file the form works all the same: Save draft and Sign are plain buttons. */
(() => {
  const NOT_CONTENT = new Set(["csrfmiddlewaretoken", "version", "writer", "stroke", "do"]);
  const PAUSE = 1200; /* milliseconds without a key before it is saved … */
  const LONGEST = 5000; /* … and at most so long while somebody types on */
  const RETRY = [2000, 4000, 8000, 15000, 30000];
  const PATIENCE = 15000;
  const WRITER = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const states = new WeakMap();
  let current = null;

  const words = () => document.getElementById("note-words").dataset;
  const placeOf = (form) => `note:${form.dataset.note}`;

  /* Much is offered and little of it filled in: what is empty need not go to the server with every save. */
  document.addEventListener("formdata", ({ target, formData }) => {
    for (const field of target.querySelectorAll("[data-if-written]")) if (!field.value) formData.delete(field.name);
  });

  const content = (form) => {
    const values = {};
    for (const [name, value] of new FormData(form)) if (!NOT_CONTENT.has(name)) (values[name] ??= []).push(value.replaceAll("\0", ""));
    return values;
  };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  const fill = (form, values) => {
    for (const field of form.elements) {
      if (!field.name || NOT_CONTENT.has(field.name)) continue;
      const said = values[field.name] ?? [];
      if (["checkbox", "radio"].includes(field.type)) field.checked = said.includes(field.value);
      else if (field.type !== "hidden") field.value = said[0] ?? "";
    }
    carry(form, values);
    told(form);
  };

  /* What has no field here (the part of somebody who was chosen on another page) goes on as it is; the server makes its field. */
  const carry = (form, values) => {
    const box = form.querySelector("#fields");
    const fields = [...form.elements].filter((field) => field.name);
    let carried = false;
    for (const [name, said] of Object.entries(values)) {
      const own = fields.filter((field) => field.name === name);
      const free = own.some((field) => !["checkbox", "radio", "hidden"].includes(field.type));
      for (const value of said) {
        if (!value || free || own.some((field) => field.value === value)) continue;
        if (own.length && own.every((field) => field.type !== "checkbox")) continue; /* a choice that is not offered any more */
        const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
        box.append(input);
        carried = true;
      }
    }
    if (carried) htmx.ajax("POST", form.getAttribute("action"), { source: "#fields", target: "#fields", select: "#fields", swap: "outerHTML", values: { do: box.dataset.program } });
  };

  /* What the foot of the note says. The seconds tick for the eye alone; a change of state is also heard. */
  const say = (form, text, heard = true) => {
    form.querySelector("[data-saved] > span").textContent = text;
    if (heard) form.querySelector("[data-heard]").textContent = text;
  };
  const tick = () => {
    const state = current && states.get(current);
    if (!state?.savedAt || state.trouble || !current.isConnected) return;
    const seconds = Math.round((Date.now() - state.savedAt) / 1000);
    const text = seconds < 60 ? words().seconds.replace("0", seconds) : words().minutes.replace("0", Math.floor(seconds / 60));
    say(current, text, false);
  };
  setInterval(tick, 1000);

  const trouble = (form, text) => {
    const state = states.get(form);
    if (state.trouble !== text) say(form, text);
    state.trouble = text;
  };

  /* --- saving ---------------------------------------------------------------------------------------------------- */
  const later = (form, wait) => {
    const state = states.get(form);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(form), wait);
  };

  /* What stands on this device stays there after it was saved, too: a page that was asked for just before knows less. */
  const hold = (form, values, synced) => Gold.vault.put(placeOf(form), { version: states.get(form).version, content: values, synced });

  const typed = (form) => {
    const state = states.get(form);
    if (!state || state.signing) return;
    hold(form, content(form), false);
    state.dirtySince ??= Date.now();
    if (!state.choosing) later(form, Math.max(0, Math.min(PAUSE, state.dirtySince + LONGEST - Date.now())));
  };

  const send = async (form, leaving) => {
    const body = new URLSearchParams(new FormData(form));
    body.set("stroke", ++states.get(form).stroke);
    const stop = new AbortController();
    const limit = setTimeout(() => stop.abort(), PATIENCE);
    try {
      return await fetch(form.dataset.save, { method: "POST", body, signal: stop.signal, keepalive: leaving && body.toString().length < 60000 });
    } finally {
      clearTimeout(limit);
    }
  };

  const save = async (form, leaving = false) => {
    const state = states.get(form);
    if (!state || state.signing || state.choosing || !form.isConnected) return;
    if (state.busy) { state.again = true; return; }
    const values = content(form);
    if (same(values, state.kept)) { state.dirtySince = null; return; }
    state.busy = true;
    try {
      await heard(form, await send(form, leaving), values);
    } catch {
      trouble(form, words().offline);
      later(form, RETRY[Math.min(state.failed++, RETRY.length - 1)]);
    } finally {
      state.busy = false;
      if (state.again) { state.again = false; later(form, 0); }
    }
  };

  const heard = async (form, answer, values) => {
    const state = states.get(form);
    if (state.signing) return;
    const json = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    if (answer.ok && json) kept(form, json.version, values);
    else if (answer.status === 409 && json?.signed) signedMeanwhile(form, json);
    else if (answer.status === 409 && json) both(form, json);
    else if (json?.said) trouble(form, json.said);
    else if (answer.redirected || answer.status === 403) trouble(form, words().out); /* the session has ended */
    else throw new Error("not saved");
  };

  const kept = (form, version, values) => {
    const state = states.get(form);
    Object.assign(state, { version, kept: values, failed: 0, dirtySince: null });
    form.elements.version.value = version;
    if (!state.savedAt || state.trouble) say(form, words().saved);
    state.trouble = "";
    state.savedAt = Date.now();
    if (same(content(form), values)) hold(form, values, true);
    else typed(form);
    tick();
  };

  /* --- two devices ----------------------------------------------------------------------------------------------- */
  const notice = (form, text, ...buttons) => {
    form.querySelector("[data-notice]")?.remove();
    const box = document.createElement("div");
    box.className = "kept";
    box.dataset.notice = "";
    box.setAttribute("role", "alert");
    const said = document.createElement("p");
    said.textContent = text;
    box.append(said, ...buttons);
    form.querySelector(".cols").before(box);
    return box;
  };

  const signedMeanwhile = (form, json) => {
    states.get(form).choosing = true;
    trouble(form, json.said);
    const open = document.createElement("a");
    open.className = "btn sm";
    open.href = json.signed;
    open.textContent = words().open;
    notice(form, json.said, open);
  };

  const both = (form, json) => {
    const state = states.get(form);
    state.choosing = true;
    trouble(form, json.said);
    const done = (values) => {
      Object.assign(state, { choosing: false, version: json.version, trouble: "", kept: null });
      form.elements.version.value = json.version;
      form.querySelector("[data-notice]").remove();
      if (values) fill(form, values);
      typed(form);
    };
    const box = notice(form, json.said, Gold.button(words().mine, () => done(null)), Gold.button(words().theirs, () => done(json.theirs)));
    const text = document.createElement("blockquote");
    text.className = "said";
    text.dir = "auto";
    text.textContent = [json.theirs.narrative, json.theirs.next_step].flat().filter(Boolean).join("\n");
    box.querySelector("p").after(text);
  };

  /* --- opening --------------------------------------------------------------------------------------------------- */
  const start = async () => {
    const form = document.getElementById("note");
    if (!form || states.has(form)) return;
    const state = { version: Number(form.elements.version.value), stroke: Date.now() % 1e9, failed: 0, kept: null, trouble: "", savedAt: 0 };
    states.set(form, state);
    current = form;
    form.elements.writer.value = WRITER;
    form.querySelector("[data-plain-save]").hidden = true;
    if (!location.pathname.startsWith(form.getAttribute("action"))) history.replaceState(null, "", form.getAttribute("action") + location.search);
    const loaded = content(form);
    if (form.dataset.kept) state.kept = loaded;
    told(form);
    if (form.querySelector(".errors, .conflict")) { typed(form); return; } /* the server has just given back what was typed */
    const local = await Gold.vault.get(placeOf(form));
    if (!local || same(local.content, loaded) || !same(content(form), loaded)) return;
    if (local.version < state.version) {
      if (!local.synced) both(form, { said: words().older, theirs: local.content, version: state.version });
      return;
    }
    state.version = local.version;
    form.elements.version.value = local.version;
    fill(form, local.content);
    if (!local.synced) notice(form, words().restored);
    typed(form);
  };

  /* --- what follows the keys ------------------------------------------------------------------------------------- */
  const told = (form) => {
    const [from, to] = [form.elements.start?.value ?? "", form.elements.end?.value ?? ""].map((text) => text.split(":").map(Number));
    const known = from.length > 1 && to.length > 1;
    const minutes = known ? (to[0] - from[0]) * 60 + to[1] - from[1] + (form.elements.next_day?.checked ? 1440 : 0) : -1;
    const length = form.querySelector("[data-minutes]");
    if (length) length.textContent = minutes >= 0 ? words().length.replace("0", minutes) : "";
    const chosen = new Set([...form.querySelectorAll("[name=activity]:checked")].map((one) => one.value));
    form.querySelectorAll(".split > [data-of]").forEach((one) => one.classList.toggle("on", chosen.has(one.dataset.of)));
    ahead(form);
  };

  let turn = 0;
  let waiting = 0;
  const ahead = (form) => {
    clearTimeout(waiting);
    if (!form.dataset.ahead) return;
    waiting = setTimeout(async () => {
      const mine = ++turn;
      try {
        const answer = await fetch(form.dataset.ahead, { method: "POST", body: new URLSearchParams(new FormData(form)) });
        if (answer.ok && !answer.redirected && mine === turn) document.getElementById("ahead").innerHTML = await answer.text();
      } catch { /* no connection: what it said last still stands */ }
    }, 500);
  };

  /* A way that is chosen later brings its usual length and what is usually done, as long as nobody has said otherwise. */
  const usual = (form, field) => {
    const state = states.get(form);
    if (["activity", "start", "end", "day"].includes(field.name)) (state.said ??= new Set()).add(field.name === "activity" ? "activity" : "time");
    const title = document.getElementById("note-title");
    if (field.name === "how" && field.value !== "elsewhere" && title?.dataset.words) title.textContent = title.dataset.words.replace("§", field.labels[0].textContent.trim());
    if (field.name !== "how" || !field.dataset.usual || form.dataset.kept) return;
    if (!state.said?.has("activity") && field.dataset.does) {
      const does = field.dataset.does.split(" ");
      form.querySelectorAll("[name=activity]").forEach((box) => { box.checked = does.includes(box.value); });
    }
    const end = form.elements.end.value.split(":").map(Number);
    if (state.said?.has("time") || end.length < 2) return;
    const start = Math.max(0, end[0] * 60 + end[1] - Number(field.dataset.usual));
    form.elements.start.value = `${String(Math.floor(start / 60)).padStart(2, "0")}:${String(start % 60).padStart(2, "0")}`;
  };

  const ours = (event) => (event.target.form?.id === "note" && states.has(event.target.form) ? event.target.form : null);
  document.addEventListener("input", (event) => { const form = ours(event); if (form) { typed(form); told(form); } });
  document.addEventListener("change", (event) => {
    const form = ours(event);
    if (!form) return;
    usual(form, event.target);
    if (event.target.name === "next_on" && event.target.value) form.querySelector("[name=next_in][value=date]").checked = true;
    typed(form);
    told(form);
  });
  globalThis.addEventListener("online", () => { if (current?.isConnected) later(current, 0); });
  const flush = () => { if (current?.isConnected && states.get(current)?.dirtySince) save(current, true); };
  globalThis.addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") flush(); });

  /* --- another program -------------------------------------------------------------------------------------------- */
  /* The server fits the form to it. What is typed while it answers is laid over its answer, by name. */
  const programOf = (event) => (event.detail.requestConfig?.elt ?? event.detail.elt)?.matches?.("[data-program]") ? document.getElementById("note") : null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = programOf(event);
    if (form && states.has(form)) states.get(form).asked = content(form);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = programOf(event);
    const state = form && states.get(form);
    if (!state?.asked) return;
    const now = content(form);
    state.meanwhile = Object.fromEntries([...new Set([...Object.keys(now), ...Object.keys(state.asked)])].filter((name) => !same(now[name], state.asked[name])).map((name) => [name, now[name] ?? []]));
    const at = document.activeElement;
    state.at = at?.form === form && at.name ? { name: at.name, value: at.value, from: at.selectionStart, to: at.selectionEnd } : null;
  });
  /* At once, not when it has settled: a letter typed in between would be written over. */
  document.addEventListener("htmx:afterSwap", () => {
    const form = document.getElementById("note");
    const state = form && states.get(form);
    if (!state?.meanwhile) return;
    const { meanwhile, at } = state;
    Object.assign(state, { asked: null, meanwhile: null, at: null, another: meanwhile.episode || meanwhile.program });
    for (const field of form.elements) {
      const said = meanwhile[field.name];
      if (!said) continue;
      if (["checkbox", "radio"].includes(field.type)) field.checked = said.includes(field.value);
      else if (field.type !== "hidden") field.value = said[0] ?? "";
    }
    const back = at && [...form.elements].find((field) => field.name === at.name && (!["checkbox", "radio"].includes(field.type) || field.value === at.value));
    back?.focus({ preventScroll: true });
    if (at?.from != null && back?.setSelectionRange) try { back.setSelectionRange(at.from, at.to); } catch { /* a field without a caret */ }
    typed(form);
    told(form);
  });
  document.addEventListener("htmx:afterSettle", () => {
    const form = document.getElementById("note");
    const state = form && states.get(form);
    if (!state?.another) return;
    state.another = null;
    htmx.trigger(form.querySelector("[data-program]:checked"), "change"); /* yet another one was chosen meanwhile */
  });

  /* --- signing --------------------------------------------------------------------------------------------------- */
  const noteOf = (event) => (event.detail.requestConfig?.elt?.id === "note" ? event.detail.requestConfig.elt : null);
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = noteOf(event);
    const state = form && states.get(form);
    if (!state) return;
    clearTimeout(state.timer);
    state.signing = true;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = noteOf(event);
    const state = form && states.get(form);
    if (!state) return;
    if (event.detail.successful && event.detail.xhr.getResponseHeader("HX-Redirect")) { Gold.vault.drop(placeOf(form)); return; }
    state.signing = false;
    if (event.detail.xhr.status) return;
    trouble(form, words().unsigned);
    later(form, RETRY[0]);
  });

  Gold.ready(() => {
    start();
    const signed = document.querySelector("[data-signed]");
    if (signed) Gold.vault.drop(`note:${signed.dataset.signed}`);
  });
  document.addEventListener("htmx:afterSettle", start);
})();
