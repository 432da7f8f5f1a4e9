// The keyboard of the front desk. Everything here is also a button on the page; without this file the page still works.
(() => {
  const typing = (element) =>
    element.closest("textarea, select") || (element.matches("input") && !["checkbox", "radio"].includes(element.type));

  const press = (selector) => {
    const target = document.querySelector(selector);
    target?.click();
    return Boolean(target);
  };

  const keys = {
    "/": () => {
      const search = document.querySelector("#id_q");
      search?.focus();
      search?.select();
      return Boolean(search);
    },
    n: () => press("[data-new]") || press("[data-new-call]"),
    h: () => {
      const summary = document.querySelector("[data-other]");
      if (summary && !summary.parentElement.open) summary.click();
      document.querySelector("#id_other-mediator")?.focus();
      return Boolean(summary);
    },
    a: () => press("[data-with]"),
    r: () => press("[data-wait]"),
    t: () => press("[data-wish]"),
    p: () => press("[data-card]"),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
  };

  // Arrows walk through the slots or the results, as in any list.
  function step(by) {
    const list = document.activeElement.closest("ol, ul");
    const stops = list ? [...list.querySelectorAll(".desk-slot, .desk-result")] : [];
    const next = stops[stops.indexOf(document.activeElement) + by];
    next?.focus();
    return stops.length > 0;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const call = document.querySelector("#call");
    if (event.key === "Escape" && call && document.activeElement.closest("#call")) {
      window.location.assign(call.action);
      return;
    }
    // Enter presses a form's first button; in a field of its own it means the button of that field.
    if (event.key === "Enter" && event.target.matches(".desk-other input")) {
      event.preventDefault();
      press(event.target.name === "override_reason" ? "[name=override]" : '[name="do"][value="other"]');
      return;
    }
    if (typing(event.target)) return;
    const done = /^[1-9]$/.test(event.key) ? press(`[data-key="${event.key}"]`) : keys[event.key]?.();
    if (done) event.preventDefault();
  });

  // A list that keeps itself current waits while the keyboard is in it.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const list = event.target;
    if ("poll" in list.dataset && list.contains(document.activeElement)) event.preventDefault();
  });

  // A changed filter shows its slots at once; the button is for those without JavaScript.
  const hideRefresh = () => document.querySelectorAll("[data-refresh-button]").forEach((button) => {
    button.hidden = true;
  });
  document.addEventListener("change", (event) => {
    const button = event.target.closest("[data-refresh]")?.querySelector("[data-refresh-button]");
    // Pressed, not asked to submit: htmx would send the button that has the focus, and a slot may have it.
    button?.click();
  });
  document.addEventListener("htmx:afterSettle", hideRefresh);
  hideRefresh();
})();
