// « Autour de moi »: the places of this page, nearest first. The position never leaves the device.
(() => {
  const button = document.querySelector("[data-near]");
  const list = document.querySelector("[data-place-list]");
  const status = document.querySelector("[data-near-status]");
  if (!button || !list || !navigator.geolocation) return;
  button.hidden = false;

  const radians = (degrees) => degrees * Math.PI / 180;
  const kilometres = (here, card) => {
    const [a, b] = [radians(here.latitude), radians(+card.dataset.latitude)];
    const longitude = radians(+card.dataset.longitude - here.longitude);
    const half = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(longitude / 2) ** 2;
    return 12742 * Math.asin(Math.sqrt(half));
  };
  const words = (distance) => distance < 1
    ? `· ${Math.max(50, Math.round(distance * 20) * 50)} m`
    : `· ${distance.toLocaleString("fr", { maximumFractionDigits: 1 })} km`;

  button.addEventListener("click", () => navigator.geolocation.getCurrentPosition(({ coords }) => {
    const cards = [...list.children].map((card) => [card.dataset.latitude ? kilometres(coords, card) : Infinity, card]);
    cards.sort(([a], [b]) => a - b);
    cards.forEach(([distance, card]) => {
      const label = card.querySelector("[data-distance]");
      label.hidden = distance === Infinity;
      label.textContent = distance === Infinity ? "" : words(distance);
      list.append(card);
    });
    status.textContent = button.dataset.done;
  }, () => {
    status.textContent = button.dataset.refused;
  }));
})();
