/* While a signature is on its way nothing can be typed into what is signed: it would stand neither there nor anywhere else. Where it
   does not come about, the form is open again, and one is where one was. */
(() => {
  let still = null;
  const open = () => {
    if (!still) return;
    const { form, at } = still;
    still = null;
    form.inert = false;
    if (form.contains(at)) at.focus();
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target;
    if (!form.matches("form") || event.detail.requestConfig?.triggeringEvent?.submitter?.value !== "sign") return;
    still = { form, at: document.activeElement };
    form.inert = true;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.requestConfig?.elt === still?.form && !event.detail.xhr.getResponseHeader("HX-Redirect")) open();
  });
  globalThis.addEventListener("pageshow", open); /* one went back to it */
})();
