// A box that keeps only the answers that hold every typed word; without it the whole list stands.
(() => {
  const bare = (text) => text.toLowerCase().normalize("NFD").replace(/\p{Diacritic}/gu, "").replace(/[^a-z0-9]+/g, " ");
  document.querySelectorAll("[data-filter-choices]").forEach((group) => {
    const box = group.querySelector("[data-filter-box]");
    const input = box.querySelector("input");
    const status = box.querySelector("[role=status]");
    const chips = [...group.querySelectorAll(".chip")];
    box.hidden = false;
    input.addEventListener("input", () => {
      const words = bare(input.value).split(" ").filter(Boolean);
      chips.forEach((chip) => {
        const field = chip.querySelector("input");
        const text = `${field.dataset.words} ${bare(chip.textContent)}`;
        chip.hidden = !field.checked && !words.every((word) => text.includes(word));
      });
      status.textContent = chips.some((chip) => !chip.hidden) ? "" : status.dataset.none;
    });
    // Enter chooses nothing and must not send the half-filled form.
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  });
})();
