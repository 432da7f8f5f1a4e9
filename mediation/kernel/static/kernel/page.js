// Small comforts; every page works without them.
(() => {
  const prepare = (root) => {
    // Messages can be closed.
    root.querySelectorAll("[data-dismiss]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => button.closest(".notice").remove());
    });

    // A form that came back with errors starts with their list.
    root.querySelector("[data-focus]")?.focus();

    // "Imprimer" buttons exist only where printing works.
    root.querySelectorAll("[data-print]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    });
  };
  prepare(document);

  // A page that answers a form is not stored: "back" and "reload" ask for it anew instead of failing, or of sending
  // the form again. Nothing that was typed stays on a shared computer.
  if (document.querySelector("[data-answers-a-form]")) history.replaceState(history.state, "", location.href);

  // Two quick touches of a button are one answer; htmx looks after its own forms.
  const PATIENCE = 4000;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.matches("[hx-post], [data-hx-post]")) return;
    if ("sent" in form.dataset) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "";
    setTimeout(() => delete form.dataset.sent, PATIENCE);
  });
  // What htmx has just put in the page.
  document.addEventListener("htmx:afterSwap", (event) => prepare(event.detail.target));

  // On a phone the list comes first: filters are folded while none is in use.
  const narrow = window.matchMedia("(max-width: 47.99em)");
  const fold = () => document.querySelectorAll("[data-filter-bar]").forEach((bar) => {
    bar.open = !narrow.matches || "active" in bar.dataset;
  });
  fold();
  narrow.addEventListener("change", fold);
})();
