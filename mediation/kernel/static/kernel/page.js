// Small comforts; every page works without them.
(() => {
  // Messages can be closed.
  document.querySelectorAll("[data-dismiss]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => button.closest(".notice").remove());
  });

  // A form that came back with errors starts with their list.
  document.querySelector("[data-focus]")?.focus();

  // On a phone the list comes first: filters are folded while none is in use.
  const narrow = window.matchMedia("(max-width: 47.99em)");
  const fold = () => document.querySelectorAll("[data-filter-bar]").forEach((bar) => {
    bar.open = !narrow.matches || "active" in bar.dataset;
  });
  fold();
  narrow.addEventListener("change", fold);

  // "Imprimer" buttons exist only where printing works.
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
