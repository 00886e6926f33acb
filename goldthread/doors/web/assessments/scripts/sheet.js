/* An assessment is kept as it is answered, item by item: on this device at once, on the server a moment later. What somebody
   else answers meanwhile appears; what both answered is shown to both. Without this file the form works by its buttons. */
(() => {
  const PAUSE = 700;
  const LONGEST = 4000;
  const RETRY = [2000, 4000, 8000, 15000, 30000];
  const PATIENCE = 15000;
  const WRITER = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const KEYED = /^[atuos]:/;
  const states = new WeakMap();
  let current = null;
  let carried = null;
  let leftAt = 0;

  const words = () => document.getElementById("sheet-words").dataset;
  const placeOf = (form) => `sheet:${form.dataset.sheet}`;
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const boxOf = (form, key) => [...form.querySelectorAll(".q[data-key]")].find((box) => box.dataset.key === key);

  /* What the form says: item → field → values. */
  const content = (form) => {
    const said = {};
    for (const [name, value] of new FormData(form)) {
      if (!KEYED.test(name) || typeof value !== "string" || !value) continue;
      ((said[name.slice(2)] ??= {})[name] ??= []).push(value.replaceAll("\0", ""));
    }
    return said;
  };
  /* What it said as it came: what somebody types into it before its scripts have looked at it is theirs, not the server's. */
  const asItCame = (form) => {
    const copy = form.cloneNode(true);
    copy.reset();
    return content(copy);
  };
  const changed = (form) => {
    const state = states.get(form), now = content(form);
    return [...new Set([...Object.keys(now), ...Object.keys(state.known)])].filter((key) => !same(now[key] ?? {}, state.known[key] ?? {}));
  };

  const fill = (form, key, fields) => {
    const taken = {};
    const box = boxOf(form, key);
    for (const field of box?.querySelectorAll("input, select, textarea") ?? []) {
      if (!KEYED.test(field.name)) continue;
      const values = fields[field.name] ?? [];
      if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else field.value = values[(taken[field.name] = (taken[field.name] ?? -1) + 1)] ?? "";
    }
  };

  /* --- what the foot says ----------------------------------------------------------------------------------------- */
  const say = (form, text, heard = true) => {
    form.querySelector("[data-saved] > span").textContent = text;
    if (heard) form.querySelector("[data-heard]").textContent = text;
  };
  setInterval(() => {
    const state = current && states.get(current);
    if (!state?.savedAt || state.trouble || !current.isConnected) return;
    const seconds = Math.round((Date.now() - state.savedAt) / 1000);
    say(current, seconds < 60 ? words().seconds.replace("0", seconds) : words().minutes.replace("0", Math.floor(seconds / 60)), false);
  }, 1000);
  const trouble = (form, text) => {
    const state = states.get(form);
    if (state.trouble !== text) say(form, text);
    state.trouble = text;
  };

  /* --- saving ------------------------------------------------------------------------------------------------------ */
  const later = (form, wait) => {
    const state = states.get(form);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(form), wait);
  };
  const hold = (form) => {
    const waiting = anew.waiting(form);
    if (anew.isOpen(waiting)) Gold.vault.put(placeOf(form), waiting);
    else if (Date.now() - leftAt > PATIENCE) Gold.vault.drop(placeOf(form)); /* a page asked for before this save may come without it */
  };
  const typed = (form) => {
    const state = states.get(form);
    if (!state || state.signing) return;
    hold(form);
    state.dirtySince ??= Date.now();
    later(form, Math.max(0, Math.min(PAUSE, state.dirtySince + LONGEST - Date.now())));
  };

  const body = (form, keys) => {
    const state = states.get(form), now = content(form), sent = new URLSearchParams();
    for (const name of ["csrfmiddlewaretoken", "in"]) sent.set(name, form.elements[name].value);
    sent.set("writer", WRITER);
    sent.set("stroke", ++state.stroke);
    sent.set("seen", state.seen);
    for (const key of keys) {
      sent.append("only", key);
      for (const [name, values] of Object.entries(now[key] ?? {})) for (const value of values) sent.append(name, value);
    }
    for (const [name, values] of Object.entries(turns.turnsTold(state))) for (const value of values) sent.append(name, value);
    return sent;
  };

  const save = async (form, leaving = false) => {
    const state = states.get(form);
    if (!state || state.signing || state.over || !form.isConnected) return;
    if (state.busy) { state.again = true; return; }
    if (state.stale) { if (!leaving) await fetchAgain(form); return; }
    const keys = changed(form).filter((key) => !state.clashing.has(key));
    if (!keys.length && !turns.waiting(state)) { state.dirtySince = null; return; }
    state.busy = true;
    const now = content(form);
    const stop = new AbortController();
    const limit = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const sent = body(form, keys);
      const answer = await fetch(form.dataset.save, { method: "POST", body: sent, signal: stop.signal, keepalive: leaving && sent.toString().length < 60000 });
      await heard(form, answer, keys, now);
    } catch {
      trouble(form, words().offline);
      later(form, RETRY[Math.min(state.failed++, RETRY.length - 1)]);
    } finally {
      clearTimeout(limit);
      state.busy = false;
      if (state.again || state.stale) { state.again = false; later(form, 0); }
    }
  };

  const heard = async (form, answer, keys, sent) => {
    const state = states.get(form);
    if (state.signing) return;
    const json = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    if (answer.ok && json) kept(form, json, keys, sent);
    else if (answer.status === 409 && json?.signed) over(form, json);
    else if (json?.said) trouble(form, json.said);
    else if (answer.redirected || answer.status === 403) trouble(form, words().out);
    else throw new Error("not saved");
  };

  const kept = (form, json, keys, sent) => {
    const state = states.get(form);
    const clashes = new Set(json.clashes.map((one) => one.key));
    for (const key of keys) if (!clashes.has(key)) state.known[key] = sent[key] ?? {};
    turns.settleTurns(form, json);
    state.stale = json.again; /* then numbers of turns have moved: nothing is filled in, and nothing sent, by the old ones */
    if (!state.stale) meet(form, json, keys, clashes);
    Object.assign(state, { seen: json.saves, failed: 0, dirtySince: null });
    form.elements.seen.value = json.saves;
    if (!state.savedAt || state.trouble) say(form, words().saved);
    state.trouble = "";
    state.savedAt = Date.now();
    follow(form, json);
    hold(form);
    if (changed(form).some((key) => !state.clashing.has(key))) typed(form);
  };
  /* What others answered. */
  const meet = (form, json, keys, clashes) => {
    const state = states.get(form), mine = new Set(changed(form));
    for (const [key, fields] of Object.entries(json.theirs)) {
      if (clashes.has(key) || keys.includes(key)) continue;
      if (mine.has(key)) { both(form, { key, fields, mine: "", theirs: "", who: "" }); continue; }
      fill(form, key, fields);
      state.known[key] = content(form)[key] ?? {};
    }
    json.clashes.forEach((one) => both(form, one));
  };

  /* What is asked now, what is worked out, how far it is, what cannot wait. */
  const follow = (form, json) => {
    const off = new Set(json.off);
    if (!json.again) form.querySelectorAll("[data-key]").forEach((box) => { box.hidden = off.has(box.dataset.key); });
    form.querySelectorAll("[data-fixed]").forEach((box) => { box.textContent = (json.fixed[box.dataset.fixed] ?? []).join("; ") || "–"; });
    let all = 0, done = 0;
    for (const [id, answered, asked, gone] of json.parts) {
      all += asked;
      done += answered;
      const link = form.querySelector(`[data-part="${id}"]`), part = document.getElementById(id);
      if (part) part.hidden = gone;
      if (!link) continue;
      link.hidden = gone;
      link.classList.toggle("full", asked > 0 && answered === asked);
      link.querySelector("[data-count]").textContent = asked ? `${answered}/${asked}` : "";
    }
    Object.assign(form.querySelector("[data-progress]"), { max: all || 1, value: done });
    form.querySelector("[data-answered]").textContent = words().of.replace("0", done).replace("§", all);
    warn(json.warned);
    const alarms = document.getElementById("alarms");
    for (const text of json.alarms) {
      if ([...alarms.children].some((one) => one.textContent.includes(text))) continue;
      const line = document.createElement("p");
      line.className = "alarm";
      const strong = document.createElement("b");
      strong.textContent = `${text} `;
      const said = document.createElement("span");
      said.append(strong, words().safety);
      line.append(said);
      alarms.append(line);
      alarms.scrollIntoView({ block: "nearest" });
    }
  };

  /* What rules that only warn say: it keeps nothing from being signed. */
  const warn = (warned) => document.getElementById("warned").replaceChildren(...warned.map((one) => {
    const line = document.createElement("p");
    line.append(Object.assign(document.createElement("a"), { href: `#${one.id || "fields"}`, textContent: one.words }));
    return line;
  }));

  /* --- two people -------------------------------------------------------------------------------------------------- */
  const both = (form, clash) => {
    const state = states.get(form), box = boxOf(form, clash.key);
    if (!box || state.clashing.has(clash.key)) return;
    state.clashing.add(clash.key);
    const notice = document.createElement("div");
    notice.className = "kept clash";
    notice.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = words().both.replace("§", clash.who || words().somebody).replace("%", clash.theirs).replace("#", clash.mine);
    const done = (theirs) => {
      notice.remove();
      state.clashing.delete(clash.key);
      if (theirs) {
        fill(form, clash.key, clash.fields);
        state.known[clash.key] = clash.known ?? content(form)[clash.key] ?? {};
      }
      typed(form);
      box.querySelector("input, select, textarea")?.focus();
    };
    notice.append(text, Gold.button(words().mine, () => done(false)), Gold.button(words().theirs, () => done(true)));
    box.append(notice);
  };
  const over = (form, json) => {
    states.get(form).over = true;
    trouble(form, json.said);
    const box = document.createElement("div");
    box.className = "kept";
    box.setAttribute("role", "alert");
    const open = Object.assign(document.createElement("a"), { className: "btn sm", href: json.signed, textContent: words().open });
    box.append(Object.assign(document.createElement("p"), { textContent: json.said }), open);
    form.querySelector(".cols").before(box);
  };

  /* --- its questions anew: since a colleague changed its turns, or one pressed a button -------------------------------- */
  const fetchAgain = async (form) => {
    const state = states.get(form), address = `${form.getAttribute("action")}?in=${form.elements.in.value}`;
    state.busy = true;
    try { await htmx.ajax("GET", address, { target: "#fields", select: "#fields", swap: "outerHTML" }); } catch { /* no network: later */ }
    state.busy = false;
    if (state.stale) { trouble(form, words().offline); later(form, RETRY[Math.min(state.failed++, RETRY.length - 1)]); }
    else if (state.again) { state.again = false; later(form, 0); }
  };
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, shouldSwap, xhr } = event.detail, state = current?.isConnected && states.get(current);
    if (!state || !shouldSwap || !(target.contains(current) || target.id === "fields")) return;
    const pressed = state.signing && state.sent;
    carried = { sheet: current.dataset.sheet, ...anew.waiting(current, pressed || null) };
    if (pressed && xhr.status < 400) Object.assign(carried, { added: [], removed: [] }); /* done by now */
  });

  const turns = Gold.turns({ states, content, typed, trouble, words });
  const anew = Gold.anew({ states, content, fill, boxOf, both, turns, words });

  /* --- opening ------------------------------------------------------------------------------------------------------ */
  const start = async (swapped = false) => {
    const form = document.getElementById("sheet");
    if (!form?.dataset.sheet) return;
    const old = states.get(form), fields = document.getElementById("fields");
    const state = old ?? { stroke: Date.now() % 1e9, failed: 0, trouble: "", savedAt: 0, clashing: new Set(), homeless: [], ...turns.none() };
    Object.assign(state, { seen: Number(fields.dataset.seen), stale: false, known: swapped ? asItCame(form) : content(form) });
    form.elements.seen.value = state.seen;
    states.set(form, state);
    current = form;
    form.querySelector("[data-plain-save]").hidden = true;
    here();
    if (state.trouble) { state.trouble = ""; say(form, words().saved); }
    if (!old && form.querySelector(".errors, .clash")) {
      form.querySelectorAll(".clash").forEach((box) => { state.known[box.closest(".q").dataset.key] = null; });
      typed(form);
    }
    const found = swapped && carried?.sheet === form.dataset.sheet ? carried : null;
    carried = null;
    if (found) { if (putBack(form, found)) typed(form); return; }
    const local = await Gold.vault.get(placeOf(form));
    if (!local?.typed || !form.isConnected) return;
    if (!putBack(form, local)) { hold(form); return; }
    if (changed(form).length || turns.waiting(state)) turns.tell(form, words().restored, "status");
    typed(form);
  };
  const putBack = (form, found) => anew.putBack(form, found, () => hold(form));

  /* --- answering ---------------------------------------------------------------------------------------------------- */
  const ours = (event) => (event.target.form?.id === "sheet" && states.has(event.target.form) ? event.target.form : null);
  const settle = (field) => {
    const box = field.closest(".q");
    if (!box) return;
    const reason = box.querySelector(".skip select");
    if (field === reason && field.value) { const back = box.querySelector(".back input"); if (back) back.checked = true; else box.querySelectorAll("input:not([type=checkbox]), textarea").forEach((one) => { one.value = ""; }); }
    else if (field !== reason && reason && field.value) reason.value = "";
    if (field.matches(".own .in") && field.value) { const own = box.querySelector("[value='::own']"); if (own) own.checked = true; }
    const only = field.dataset.many !== undefined && field.value && [...box.querySelectorAll(`[data-many]`)].every((one) => one.value);
    if (only) { const next = field.cloneNode(); next.value = ""; next.removeAttribute("id"); field.after(next); }
  };
  document.addEventListener("input", (event) => { const form = ours(event); if (form && KEYED.test(event.target.name)) { settle(event.target); typed(form); } });
  document.addEventListener("change", (event) => {
    const form = ours(event);
    if (!form) return;
    if (event.target.type === "file" && event.target.files.length) { form.requestSubmit(form.querySelector("[data-plain-save]")); return; }
    if (KEYED.test(event.target.name)) { settle(event.target); typed(form); }
  });

  /* 1 to 9 choose an answer of the question one is at, and lead to the next. */
  document.addEventListener("keydown", (event) => {
    if (!current?.isConnected || current.inert || event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
    if (event.target.closest("select, textarea, [contenteditable], input:not([type=radio], [type=checkbox])") || document.querySelector("dialog:modal")) return;
    const questions = [...current.querySelectorAll(".q")].filter((one) => !one.closest("[hidden]") && one.querySelector(".opts"));
    const at = event.target.closest(".q") ?? questions.find((one) => !one.querySelector(".opts :checked"));
    const choice = at?.querySelectorAll(".opts > .opt > input")[Number(event.key) - 1];
    if (!choice) return;
    event.preventDefault();
    choice.click();
    if (choice.type === "checkbox") { choice.focus(); return; }
    const all = [...current.querySelectorAll(".q")].filter((one) => !one.closest("[hidden]"));
    const next = all[all.indexOf(at) + 1];
    const field = next?.querySelector(".opts :checked, .opts input, .in") ?? current.querySelector(".signbar .primary");
    field.focus({ preventScroll: true });
    (next ?? field).scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  });

  /* Which section one reads. */
  const here = () => {
    const links = [...document.querySelectorAll("[data-part]")];
    if (!links.length || !globalThis.IntersectionObserver) return;
    const watch = new IntersectionObserver((rows) => rows.forEach((row) => {
      if (row.isIntersecting) links.forEach((link) => link.classList.toggle("here", link.dataset.part === row.target.id));
    }), { rootMargin: "-20% 0px -70% 0px" });
    document.querySelectorAll(".part").forEach((part) => watch.observe(part));
  };

  globalThis.addEventListener("online", () => { if (current?.isConnected) later(current, 0); });
  const flush = () => { if (current?.isConnected && states.get(current)?.dirtySince) save(current, true); };
  globalThis.addEventListener("pagehide", flush);
  globalThis.addEventListener("beforeunload", () => { leftAt = Date.now(); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") flush(); });

  /* --- its buttons: they send what is not saved yet along ------------------------------------------------------------- */
  const sheetOf = (event) => (event.detail.requestConfig?.elt?.id === "sheet" ? event.detail.requestConfig.elt : event.target.id === "sheet" ? event.target : null);
  document.addEventListener("htmx:configRequest", (event) => {
    const form = event.target.id === "sheet" ? event.target : null;
    const state = form && states.get(form);
    if (!state) return;
    clearTimeout(state.timer);
    state.sent = content(form);
    event.detail.parameters.only = changed(form);
    event.detail.parameters.writer = WRITER;
    event.detail.parameters.stroke = ++state.stroke;
    event.detail.parameters.seen = state.seen;
    Object.assign(event.detail.parameters, turns.turnsTold(state));
  });
  document.addEventListener("htmx:beforeRequest", (event) => { const state = states.get(sheetOf(event) ?? {}); if (state) state.signing = true; });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = sheetOf(event);
    const state = form && states.get(form);
    if (!state) return;
    if (event.detail.successful) {
      if (event.detail.xhr.getResponseHeader("HX-Redirect")) { Gold.vault.drop(placeOf(form)); return; }
      if (current?.isConnected) hold(current);
    }
    state.signing = false;
    if (event.detail.xhr.status) return;
    const pressed = event.detail.requestConfig?.triggeringEvent?.submitter;
    state.failed ||= 1;
    if (pressed?.matches?.("[data-turn]")) { pressed.click(); return; } /* then it is done here */
    trouble(form, words().unsigned);
    typed(form);
  });

  Gold.ready(() => {
    start();
    const signed = document.querySelector("[data-signed-sheet]");
    if (signed) Gold.vault.drop(`sheet:${signed.dataset.signedSheet}`);
  });
  /* Only where the sheet itself came anew: after anything else, what is typed and not saved yet would pass for saved. At once, and
     not when it has settled: a letter typed in between would be in the way of what was typed before. */
  document.addEventListener("htmx:afterSwap", (event) => {
    const form = document.getElementById("sheet");
    if (form && (form.contains(event.target) || event.target.contains(form))) start(true);
  });
})();
