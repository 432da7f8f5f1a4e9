// The server is away: try again every few seconds, and start anew as soon as it answers.
(() => {
  const EVERY_MS = 5_000;
  const { alive, back, here } = document.body.dataset;
  // Whoever opens this page itself wants to look at it.
  if (location.pathname === here) return;
  const isBack = (answer) => answer.status < 500 && location.replace(back);
  setInterval(() => fetch(alive, { cache: "no-store" }).then(isBack, () => {}), EVERY_MS);
})();
