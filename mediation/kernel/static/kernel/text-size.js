// Larger text, remembered on this device. Loaded before the page is drawn, so that nothing jumps.
(() => {
  const KEY = "text-size";
  const root = document.documentElement;
  const remembered = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  const remember = (size) => {
    try { localStorage.setItem(KEY, size); } catch { /* private browsing: valid for this page only */ }
  };
  root.dataset.text = remembered() || "normal";

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-text-size]").forEach((button) => {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(root.dataset.text === "large"));
      button.addEventListener("click", () => {
        root.dataset.text = root.dataset.text === "large" ? "normal" : "large";
        remember(root.dataset.text);
        button.setAttribute("aria-pressed", String(root.dataset.text === "large"));
      });
    });
  });
})();
