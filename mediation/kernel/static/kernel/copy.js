// "Copier" exists only where copying works; the text beside it can always be selected by hand.
(() => {
  if (!navigator.clipboard) return;
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      document.getElementById(button.dataset.says).textContent = button.dataset.done;
    });
  });
})();
