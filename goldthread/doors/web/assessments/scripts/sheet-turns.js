/* Turns of a group (a medicine, a provider) are added and taken away without a network: the page holds the shape of an empty one. They
   have a number of their own until the server has done them; what is answered in them is kept as everything else. */
Gold.turns = ({ states, content, typed, trouble, words }) => {
  const TURNED = /\[(\d+(?:\.\d+)*)\]$/;
  const NAMES = ["name", "data-key", "data-fixed", "data-turns", "data-shape"];
  const LOCAL = 9000; /* no turn of the server has such a number */
  const none = () => ({ turns: { added: [], removed: [] }, locals: LOCAL });
  const shapeOf = (form, key) => [...form.querySelectorAll("template[data-shape]")].find((one) => one.dataset.shape === key);
  const waiting = (state) => state.turns.added.length + state.turns.removed.length;
  const turnsTold = (state) => (waiting(state) ? {
    "turn-add": state.turns.added.map((op) => `${op.id}:${op.local}:${op.key}`),
    "turn-out": state.turns.removed.map((op) => `${op.id}:${op.number}:${op.key}`),
  } : {});
  const depthOf = (key) => TURNED.exec(key)?.[1].split(".").length ?? 0;
  const numbered = (text, depth, number) => text.replace(TURNED, (all, turns) => {
    const found = turns.split(".");
    if (found.length <= depth) return all;
    found[depth] = number;
    return `[${found.join(".")}]`;
  });
  const turnsOf = (form, key) => [...form.querySelectorAll("fieldset.turn")].filter((one) => one.dataset.turns === key);
  const localTurn = (form, op) => form.querySelector(`fieldset.turn[data-local="${op.local}"]`);
  const goneTurn = (form, op) => form.querySelector(`fieldset.turn[data-gone="${op.id}"]`);
  const numberOf = (turn) => Number(turn.querySelector(":scope > button").value.split(":")[1]);
  const keysIn = (turn) => [...turn.querySelectorAll("[data-key]")].map((box) => box.dataset.key);

  const rename = (turn, change) => {
    for (const one of [turn, ...turn.querySelectorAll("*")]) {
      for (const name of NAMES) if (one.hasAttribute(name)) one.setAttribute(name, change(one.getAttribute(name)));
      if (one.tagName === "BUTTON") one.value = change(one.value);
    }
  };
  /* Call *turn* and all in it by another number. */
  const renumber = (form, turn, number) => {
    const key = turn.dataset.turns, depth = depthOf(key), known = states.get(form).known;
    for (const old of keysIn(turn)) {
      if (!(old in known)) continue;
      const said = Object.fromEntries(Object.entries(known[old] ?? {}).map(([name, values]) => [numbered(name, depth, number), values]));
      delete known[old];
      known[numbered(old, depth, number)] = said;
    }
    rename(turn, (text) => numbered(text, depth, number));
    turn.querySelector(":scope > button").value = `remove:${number}:${key}`;
  };
  const count = (form, key) => turnsOf(form, key).filter((one) => !one.hidden).forEach((turn, n) => {
    turn.querySelectorAll(":scope > legend [data-n], :scope > button [data-n]").forEach((one) => { one.textContent = n + 1; });
  });
  const insert = (form, op) => {
    const shape = shapeOf(form, op.key);
    if (!shape) return null;
    const state = states.get(form), turn = shape.content.firstElementChild.cloneNode(true);
    for (const one of turn.querySelectorAll("*")) for (const name of ["id", "for", "list", "aria-describedby", "aria-labelledby"]) {
      if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replace(/\bq\d+/g, `$&-${op.local}`));
    }
    turn.querySelectorAll("[type=file]").forEach((one) => { one.disabled = true; });
    turn.dataset.local = op.local;
    const outer = TURNED.exec(op.key)?.[1].split(".") ?? []; /* of another number, where the turn around it is new itself */
    rename(turn, (text) => outer.reduce((name, number, depth) => numbered(name, depth, number), text));
    state.locals = Math.max(state.locals, op.local + 1);
    renumber(form, turn, op.local);
    shape.before(turn);
    const now = content(form);
    for (const key of keysIn(turn)) if (now[key]) state.known[key] = now[key];
    count(form, op.key);
    return turn;
  };
  const hide = (form, op) => {
    const turn = turnsOf(form, op.key).find((one) => !one.dataset.local && numberOf(one) === op.number);
    if (turn) Object.assign(turn, { hidden: true }).dataset.gone = op.id;
    count(form, op.key);
  };
  const addHere = (form, key) => {
    const state = states.get(form), op = { id: Math.random().toString(36).slice(2).padEnd(10, "0"), local: state.locals, key };
    const turn = insert(form, op);
    if (!turn) { trouble(form, words().turn); return; }
    state.turns.added.push(op);
    typed(form);
    turn.querySelector(".in, .opts input")?.focus();
  };
  const removeHere = (form, turn) => {
    const state = states.get(form), key = turn.dataset.turns, local = Number(turn.dataset.local);
    if (local) {
      keysIn(turn).forEach((one) => { delete state.known[one]; });
      state.turns.added = state.turns.added.filter((op) => !turn.contains(localTurn(form, op)));
      state.turns.removed = state.turns.removed.filter((op) => !turn.contains(goneTurn(form, op)));
      turn.remove();
      count(form, key);
    } else {
      const op = { id: Math.random().toString(36).slice(2).padEnd(10, "0"), number: numberOf(turn), key };
      state.turns.removed.push(op);
      hide(form, op);
    }
    typed(form);
    [...form.querySelectorAll(".add button")].find((one) => one.value === `add:${key}`)?.focus();
  };
  const tell = (form, text, role = "alert") => {
    const box = document.createElement("div");
    box.className = "kept";
    box.setAttribute("role", role);
    box.textContent = text;
    form.querySelector(".cols").before(box);
  };
  /* The server has done them: they are called as it calls them; where numbers have moved, when its questions have come anew. */
  const settleTurns = (form, json) => {
    const state = states.get(form), groups = new Set(), done = json.turns ?? {};
    const taken = (op, turn) => turn && turnsOf(form, turn.dataset.turns).some((one) => one !== turn && !one.dataset.local && numberOf(one) === done[op.id]);
    const added = state.turns.added.filter((op) => op.id in done).map((op) => [op, localTurn(form, op)]);
    json.again ||= added.some(([op, turn]) => done[op.id] < 0 || taken(op, turn) || turn?.querySelector("[type=file]"));
    for (const [op, turn] of added) {
      if (!turn) continue;
      groups.add(turn.dataset.turns);
      delete turn.dataset.local;
      if (!json.again) renumber(form, turn, done[op.id]);
    }
    for (const op of state.turns.removed.filter((one) => json.gone?.includes(one.id))) {
      const turn = goneTurn(form, op);
      if (!turn) continue;
      groups.add(turn.dataset.turns);
      keysIn(turn).forEach((one) => { delete state.known[one]; });
      turn.remove();
    }
    state.turns.added = state.turns.added.filter((one) => !(one.id in done)).map((one) => ({ ...one, key: localTurn(form, one)?.dataset.turns ?? one.key }));
    state.turns.removed = state.turns.removed.filter((one) => ![...(json.gone ?? []), ...(json.refused ?? [])].includes(one.id)).map((one) => ({ ...one, key: goneTurn(form, one)?.dataset.turns ?? one.key }));
    for (const key of groups) if (!json.again) turnsOf(form, key).filter((one) => !one.dataset.local && !one.hidden).forEach((turn, n) => { if (numberOf(turn) !== n) renumber(form, turn, n); });
    if (json.told) tell(form, json.told);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-turn]"), form = button?.form;
    const state = form?.id === "sheet" && states.get(form);
    if (!state || state.signing || (navigator.onLine && !state.failed && !waiting(state))) return;
    const [, what, key] = /^(add|remove:\d+):(.*)$/s.exec(button.value) ?? [];
    if (!what) return;
    event.preventDefault();
    if (what === "add") addHere(form, key);
    else removeHere(form, button.closest(".turn"));
  }, true);

  return { none, waiting, turnsTold, shapeOf, goneTurn, numberOf, insert, hide, tell, settleTurns };
};
