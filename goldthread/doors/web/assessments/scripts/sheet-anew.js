/* The questions of a sheet come anew: a colleague changed its turns, a button added one, the page was opened again. What was typed and
   not kept yet is put back at once. Turns are known by what they say: their numbers may have moved. What has no place any more is told. */
Gold.anew = ({ states, content, fill, boxOf, both, turns, words }) => {
  const TURNED = /\[(\d+(?:\.\d+)*)\]$/;
  const FIELDS = "input, select, textarea";
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  /* What *fields* say, whatever they are called, as the server keeps it. */
  const bare = (fields = {}) => JSON.stringify(Object.entries(fields)
    .map(([name, values]) => [name[0], ...values.map((one) => one.trim()).filter(Boolean)])
    .filter((one) => one.length > 1).sort());
  const called = (fields, key) => Object.fromEntries(Object.entries(fields).map(([name, values]) => [name.slice(0, 2) + key, values]));

  /* --- where a question stands ---------------------------------------------------------------------------------------- */
  const above = (turn) => turn.parentElement.closest(".turn");
  const linkOf = (turn) => turn.dataset.turns.replace(TURNED, "");
  const own = (turn) => [...turn.querySelectorAll(".q[data-key]")].filter((box) => box.closest(".turn") === turn);
  const siblings = (form, outer, link) => [...(outer ?? form).querySelectorAll(".turn")].filter((one) => above(one) === outer && linkOf(one) === link);
  const fits = (turn, says, known) => {
    const boxes = own(turn);
    return boxes.length === says.length && boxes.every((box, n) => says[n].includes(bare(known[box.dataset.key])));
  };
  /* *views*: what the server knew, has been sent, and what stands: each of it may be what the turn says when it comes again. */
  const step = (form, turn, views) => {
    const link = linkOf(turn), says = own(turn).map((box) => [...new Set(views.map((said) => bare(said[box.dataset.key])))]);
    const alike = siblings(form, above(turn), link).filter((one) => fits(one, says, views[0]));
    return { link, says, rank: alike.indexOf(turn), local: turn.dataset.local };
  };
  /* The turns around *inside*, outermost first. */
  const pathOf = (form, inside, views) => {
    const found = [];
    for (let turn = inside?.closest(".turn"); turn; turn = above(turn)) found.unshift(step(form, turn, views));
    return found;
  };
  /* The turn that *path* leads to; null where there is none any more. */
  const follow = (form, path, known) => {
    let turn = null;
    for (const { link, says, rank, local } of path) {
      const all = siblings(form, turn, link), alike = all.filter((one) => fits(one, says, known));
      turn = all.find((one) => local && one.dataset.local === local) ?? alike[Math.min(rank, alike.length - 1)];
      if (!turn) return null;
    }
    return turn;
  };
  /* *key*, which stands in *turn* now, as it is called there. */
  const moved = (key, turn) => {
    if (!turn) return key;
    const numbers = [...(TURNED.exec(turn.dataset.turns)?.[1].split(".") ?? []), turns.numberOf(turn)];
    return key.replace(TURNED, (all, old) => `[${[...numbers, ...old.split(".").slice(numbers.length)].join(".")}]`);
  };

  /* --- in words ---------------------------------------------------------------------------------------------------------- */
  const labelled = (field) => (["radio", "checkbox"].includes(field.type) ? field.checked && field.closest("label")?.textContent
    : field.tagName === "SELECT" ? field.value && field.selectedOptions[0]?.textContent : field.value);
  const inWords = (box) => [...(box?.querySelectorAll(FIELDS) ?? [])].map(labelled).filter(Boolean).map((one) => one.trim()).join("; ");
  const nameOf = (box) => (box?.querySelector("legend, .name")?.textContent ?? "").trim();

  /* --- what is not kept yet ------------------------------------------------------------------------------------------------ */
  const caretOf = (form, views) => {
    const field = document.activeElement, box = field?.form === form && field.closest(".q[data-key]");
    if (!box || field.tagName === "BUTTON") return null;
    let from = null, to = null;
    try { [from, to] = [field.selectionStart, field.selectionEnd]; } catch { /* a field without a caret */ }
    return { key: box.dataset.key, path: pathOf(form, box, views), nth: [...box.querySelectorAll(FIELDS)].indexOf(field), from, to };
  };
  /* *sent*: what a button of the form has sent along. */
  const waiting = (form, sent = null) => {
    const { known, turns: { added, removed }, homeless } = states.get(form), now = content(form), views = [known, sent, now].filter(Boolean);
    const open = [...new Set([...Object.keys(now), ...Object.keys(known)])].filter((key) => !same(now[key] ?? {}, known[key] ?? {}));
    return {
      typed: open.map((key) => {
        const box = boxOf(form, key);
        return { key, mine: now[key] ?? {}, was: known[key] ?? {}, sent: sent && (sent[key] ?? {}), path: pathOf(form, box, views), name: nameOf(box), words: inWords(box) };
      }),
      added: added.map((op) => ({ ...op, path: pathOf(form, turns.shapeOf(form, op.key), views) })),
      removed: removed.map((op) => ({ ...op, path: pathOf(form, turns.goneTurn(form, op), views) })),
      homeless,
      at: caretOf(form, views),
    };
  };
  const isOpen = ({ typed, added, removed, homeless }) => typed.length + added.length + removed.length + homeless.length > 0;

  /* --- and put back ---------------------------------------------------------------------------------------------------------- */
  const putTurns = (form, { added, removed }) => {
    const state = states.get(form), acts = document.getElementById("fields").dataset.acts?.split(" ") ?? [];
    const due = (all) => all.filter((op) => !acts.includes(op.id));
    let told = false;
    for (const { path, ...op } of due(added)) {
      const turn = follow(form, path, state.known);
      if (path.length && !turn) continue;
      const here = { ...op, key: moved(op.key, turn) };
      if (turns.insert(form, here)) state.turns.added.push(here);
    }
    const gone = due(removed).map(({ path, ...op }) => [op, path.length ? follow(form, path, state.known) : null]);
    for (const [op, turn] of gone) {
      if (!turn) { told = true; continue; }
      const here = { ...op, key: turn.dataset.turns, number: turns.numberOf(turn) };
      state.turns.removed.push(here);
      turns.hide(form, here);
    }
    return told;
  };
  const putTyped = (form, { key, mine, was, sent, path, name, words: said }) => {
    const state = states.get(form), turn = follow(form, path, state.known), here = moved(key, turn);
    const box = path.length && !turn ? null : boxOf(form, here);
    if (!box) { if (bare(mine) !== "[]") state.homeless.push({ name, words: said }); return; }
    const stands = content(form)[here] ?? {}, theirs = inWords(box);
    if (bare(stands) === bare(mine)) { if (sent) state.known[here] = called(was, here); return; } /* shown, and perhaps not kept */
    fill(form, here, called(mine, here));
    if (![was, sent].some((one) => one && bare(one) === bare(stands))) both(form, { key: here, fields: stands, known: state.known[here] ?? {}, mine: said, theirs, who: "" });
  };
  const putCaret = (form, at) => {
    if (!at || form.querySelector("[data-focus]")) return;
    const turn = follow(form, at.path, states.get(form).known);
    const field = at.path.length && !turn ? null : boxOf(form, moved(at.key, turn))?.querySelectorAll(FIELDS)[at.nth];
    field?.focus({ preventScroll: true });
    if (at.from !== null) try { field?.setSelectionRange(at.from, at.to); } catch { /* a field without a caret */ }
  };
  const tellHomeless = (form, after) => {
    form.querySelector("[data-homeless]")?.remove();
    const state = states.get(form);
    if (!state.homeless.length) return;
    const box = document.createElement("div"), lines = document.createElement("ul");
    Object.assign(box, { className: "kept homeless" }).dataset.homeless = "";
    box.setAttribute("role", "alert");
    lines.append(...state.homeless.map((one) => Object.assign(document.createElement("li"), { textContent: `${one.name}: ${one.words}` })));
    const done = Gold.button(Gold.words().close, () => { state.homeless = []; box.remove(); after(); });
    box.append(Object.assign(document.createElement("p"), { textContent: words().homeless }), lines, done);
    form.querySelector(".cols").before(box);
  };
  /* Put back what *found* (of waiting) says; returns whether anything waits now. *after*: called when what had no place was read. */
  const putBack = (form, found, after) => {
    const state = states.get(form);
    state.turns = { added: [], removed: [] };
    state.homeless = [...(found.homeless ?? [])];
    state.clashing.clear();
    const changed = putTurns(form, found);
    found.typed.forEach((one) => putTyped(form, one));
    putCaret(form, found.at);
    tellHomeless(form, after);
    if (changed) turns.tell(form, words().changed);
    return isOpen(waiting(form));
  };

  return { waiting, isOpen, putBack };
};
