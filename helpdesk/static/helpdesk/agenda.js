// The mouse's way through the agenda. Each gesture is also a link on the page: "Déplacer", then "Déplacer ici".
(() => {
  const dialog = document.querySelector("#agenda-dialog");
  let dragged = null;

  document.querySelectorAll("[data-appointment]").forEach((item) => {
    item.draggable = true;
  });

  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-appointment]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.textContent.trim());
    dragged.classList.add("is-dragged");
  });
  document.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    dragged = null;
    document.querySelectorAll(".is-over").forEach((item) => item.classList.remove("is-over"));
  });

  const target = (event) => dragged && event.target.closest?.("[data-stretch]");
  document.addEventListener("dragover", (event) => {
    const free = target(event);
    document.querySelectorAll(".is-over").forEach((item) => item.classList.toggle("is-over", item === free));
    if (!free) return;
    event.preventDefault();
    free.classList.add("is-over");
  });
  document.addEventListener("drop", (event) => {
    const free = target(event);
    if (!free) return;
    event.preventDefault();
    const query = new URLSearchParams(new URL(free.href).search);
    ask(`${dragged.dataset.appointment}?${query}`);
  });

  // The server draws the question; where it cannot be fetched, the page itself is opened.
  async function ask(address) {
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true" } });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      dialog.innerHTML = await answer.text();
    } catch {
      window.location.assign(address);
      return;
    }
    dialog.showModal();
    dialog.querySelector("[data-autofocus]")?.focus();
  }
  // "Ne pas le déplacer" closes the question, and leaves the page as it is.
  dialog.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link && event.target !== dialog) return;
    event.preventDefault();
    dialog.close();
  });

  // One list of gestures is open at a time, and Escape closes it.
  const lists = () => document.querySelectorAll(".agenda-more[open]");
  document.addEventListener("toggle", (event) => {
    if (event.target.matches(".agenda-more") && event.target.open) {
      lists().forEach((list) => { if (list !== event.target) list.open = false; });
    }
  }, true);
  document.addEventListener("click", (event) => {
    lists().forEach((list) => { if (!list.contains(event.target)) list.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    const list = event.key === "Escape" && document.activeElement.closest?.(".agenda-more[open]");
    if (!list) return;
    list.open = false;
    list.querySelector("summary").focus();
  });

  // After a move the keyboard stands on what takes it back; in the move itself, on the first free stretch.
  (document.querySelector("main [data-autofocus]") || document.querySelector(".is-target"))?.focus();
})();
