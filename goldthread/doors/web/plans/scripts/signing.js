/* Signing by drawing: strokes as points between 0 and 1000. Typing the name and paper need no script. Also wording that is
   offered for a goal: pressed, it is written into the field. */
(() => {
  const SIDE = 1000;
  const pads = new WeakMap();

  const draw = (canvas) => {
    const { strokes } = pads.get(canvas);
    const scale = globalThis.devicePixelRatio || 1;
    canvas.width = canvas.clientWidth * scale;
    canvas.height = canvas.clientHeight * scale;
    const pen = canvas.getContext("2d");
    pen.lineWidth = 2.2 * scale;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = getComputedStyle(canvas).color;
    for (const stroke of strokes) {
      pen.beginPath();
      stroke.forEach(([x, y], n) => pen[n ? "lineTo" : "moveTo"](x / SIDE * canvas.width, y / SIDE * canvas.height));
      pen.stroke();
    }
  };

  const keep = (canvas) => {
    canvas.closest("form").elements.strokes.value = JSON.stringify(pads.get(canvas).strokes);
  };

  const point = (canvas, event) => {
    const box = canvas.getBoundingClientRect();
    const within = (part) => Math.round(Math.min(1, Math.max(0, part)) * SIDE);
    return [within((event.clientX - box.left) / box.width), within((event.clientY - box.top) / box.height)];
  };

  const show = (form) => {
    const how = form.querySelector("[name=how]:checked")?.value;
    if (!how) return;
    form.querySelectorAll("[data-way]").forEach((part) => { part.hidden = part.dataset.way !== how; });
    const canvas = form.querySelector("[data-pad]");
    if (how === "drawn" && canvas) draw(canvas);
  };

  const start = (canvas) => {
    if (pads.has(canvas)) return;
    pads.set(canvas, { strokes: [], now: null });
    canvas.addEventListener("pointerdown", (event) => {
      const pad = pads.get(canvas);
      canvas.setPointerCapture(event.pointerId);
      pad.now = [point(canvas, event)];
      pad.strokes.push(pad.now);
      event.preventDefault();
    });
    canvas.addEventListener("pointermove", (event) => {
      const pad = pads.get(canvas);
      if (!pad.now) return;
      for (const one of event.getCoalescedEvents?.() ?? [event]) pad.now.push(point(canvas, one));
      draw(canvas);
    });
    const lift = () => { pads.get(canvas).now = null; keep(canvas); };
    canvas.addEventListener("pointerup", lift);
    canvas.addEventListener("pointercancel", lift);
    show(canvas.closest("form"));
    draw(canvas);
  };

  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("[data-signing]");
    if (form && event.target.name === "how") show(form);
  });
  document.addEventListener("click", (event) => {
    const clears = event.target.closest("[data-clears]");
    if (clears) {
      const canvas = clears.closest("form").querySelector("[data-pad]");
      pads.get(canvas).strokes.length = 0;
      keep(canvas);
      draw(canvas);
    }
    const fills = event.target.closest("[data-fills]");
    const field = fills && document.getElementById(fills.dataset.fills);
    if (!field) return;
    event.preventDefault();
    field.value = fills.textContent;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  Gold.ready(() => document.querySelectorAll("[data-pad]").forEach(start));
})();
