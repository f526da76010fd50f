/* A form that saves by itself sends one request at a time. Sent side by side, a save under way and the
   press of a button would each store the rows that are new, and the page would have them twice. */
(function () {
  const saving = new WeakSet();
  const waiting = new WeakMap();
  const sent = new WeakSet();

  function submit(form, button) {
    // While a button waits, Wagtail disables it, and a disabled button would not say what it does.
    const wasDisabled = Boolean(button && button.disabled);
    if (wasDisabled) button.disabled = false;
    form.requestSubmit(button);
    if (wasDisabled) button.disabled = true;
  }

  function finish(event) {
    const form = event.target;
    saving.delete(form);
    if (!waiting.has(form)) return;
    const button = waiting.get(form);
    waiting.delete(form);
    submit(form, button);
  }

  document.addEventListener("w-autosave:save", (event) => {
    if (sent.has(event.target)) event.preventDefault();
    else saving.add(event.target);
  });
  document.addEventListener("w-autosave:success", finish);
  document.addEventListener("w-autosave:error", finish);

  document.addEventListener(
    "submit",
    (event) => {
      if (!saving.has(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting.set(event.target, event.submitter);
    },
    { capture: true },
  );
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) sent.add(event.target);
  });
  // A page that comes back from the browser's memory can be saved again.
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) sent.delete(form);
  });
})();
