// Opened to be printed ("#imprimer"): the print dialog comes by itself, and the window goes once it is done with.
(() => {
  if (window.location.hash !== "#imprimer") return;
  window.addEventListener("afterprint", () => window.close());
  window.addEventListener("load", () => document.fonts.ready.then(() => window.print()));
})();
