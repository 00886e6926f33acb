/* The summary of a discharge is kept on the server a moment after it is typed; on this device it is kept at once (data-keep).
   Without this file the buttons save. */
(() => {
  const PAUSE = 900;
  const RETRY = 6000;
  let timer = null;
  let busy = false;
  let sending = false;
  let kept = null;

  const texts = (form) => Object.fromEntries([...form.querySelectorAll("textarea")].map((field) => [field.name, field.value]));
  const words = () => document.getElementById("goodbye-words").dataset;
  const say = (form, text) => { form.querySelector("[data-saved]").textContent = text; };
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };

  const save = async (leaving = false) => {
    const form = document.getElementById("goodbye");
    if (!form || busy || sending) return;
    const now = texts(form);
    const changed = Object.keys(now).filter((name) => now[name] !== kept[name]);
    if (!changed.length) return;
    busy = true;
    const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    for (const name of changed) {
      body.set(name, now[name]);
      body.set(`n-${name.slice(2)}`, form.elements[`n-${name.slice(2)}`].value);
    }
    try {
      const answer = await fetch(form.dataset.save, { method: "POST", body, keepalive: leaving === true });
      const json = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
      if (!json) throw new Error("not saved");
      if (json.said) { say(form, json.said); return; }
      for (const [key, count] of Object.entries(json.counts)) {
        const field = form.elements[`n-${key}`];
        if (field && !(key in json.clashes) && changed.includes(`t-${key}`)) field.value = count;
      }
      kept = { ...kept, ...Object.fromEntries(changed.filter((name) => !(name.slice(2) in json.clashes)).map((name) => [name, now[name]])) };
      say(form, Object.keys(json.clashes).length ? words().clash : words().saved);
      if (Object.keys(json.clashes).length) return;
      if (JSON.stringify(texts(form)) === JSON.stringify(kept)) Gold.vault.drop(form.dataset.keep);
      else later(PAUSE);
    } catch {
      say(form, words().offline);
      later(RETRY);
    } finally {
      busy = false;
    }
  };

  document.addEventListener("input", (event) => {
    if (event.target.form?.id === "goodbye") later(PAUSE);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "goodbye") return;
    clearTimeout(timer);
    sending = true;
    setTimeout(() => { sending = false; }, 6000);
  });
  globalThis.addEventListener("online", () => { if (document.getElementById("goodbye")) later(0); });
  globalThis.addEventListener("pagehide", () => { if (document.getElementById("goodbye")) save(true); });
  Gold.ready(() => {
    const form = document.getElementById("goodbye");
    if (form) kept = texts(form);
  });
})();
