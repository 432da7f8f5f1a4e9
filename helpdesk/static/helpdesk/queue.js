// The queue keeps itself current; it waits while somebody chooses a colleague or a reason. Buttons have names of their own (id), so
// that htmx gives the keyboard back to the same one.
(() => {
  document.addEventListener("htmx:beforeRequest", (event) => {
    const part = event.target;
    if ("queue" in part.dataset && part.querySelector("details[open], select:focus")) event.preventDefault();
  });
})();
