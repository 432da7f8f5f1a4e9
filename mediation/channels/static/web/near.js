// « Autour de moi »: the position goes into the body of the form, about a hundred metres wide, never into an address.
(() => {
  const form = document.querySelector("[data-place-search]");
  if (!form) return;

  // What was typed or told stays out of the history: "back" asks for the same list, around nothing.
  if (document.querySelector("[data-answers-a-form]")) history.replaceState(history.state, "", form.dataset.address);

  const button = form.querySelector("[data-near]");
  const status = form.querySelector("[data-near-status]");
  const here = form.elements.here;
  // A place that is typed is meant instead of the device's.
  form.elements.near.addEventListener("input", () => { here.value = ""; });
  if (!navigator.geolocation) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    status.textContent = button.dataset.waiting;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      here.value = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
      form.elements.near.value = "";
      form.requestSubmit();
    }, () => {
      status.textContent = button.dataset.refused;
    }, { timeout: 15000, maximumAge: 60000 });
  });
})();
