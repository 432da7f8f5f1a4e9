// The waiting room's screen asks for itself every five seconds, says new calls, and keeps the numbers while the server is
// away, with a word that they may be old.
(() => {
  const EVERY_MS = 5_000;
  const board = document.querySelector("[data-board]");
  const announce = document.querySelector("[data-announce]");
  const away = document.querySelector("[data-away]");
  const clock = document.querySelector("[data-clock]");
  const calls = () => new Map([...board.querySelectorAll("[data-call]")].map((line) => [line.dataset.call, line]));
  let known = new Set(calls().keys());

  // --- A soft sound, only where somebody asked for it on this screen ---------------------------------------------------
  const sound = document.querySelector("[data-sound]");
  let audio = null;
  sound.hidden = !("AudioContext" in window);
  sound.addEventListener("click", () => {
    audio = audio ? (audio.close(), null) : new AudioContext();
    sound.setAttribute("aria-pressed", String(Boolean(audio)));
    sound.textContent = audio ? sound.dataset.on : sound.dataset.off;
    chime();
  });
  function chime() {
    if (!audio) return;
    [523, 659].forEach((pitch, number) => {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const start = audio.currentTime + number * 0.35;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(0.25, start + 0.05);
      volume.gain.exponentialRampToValueAtTime(0.001, start + 0.6);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.65);
    });
  }

  const full = document.querySelector("[data-full]");
  full.hidden = !document.fullscreenEnabled;
  full.addEventListener("click", () => document.documentElement.requestFullscreen());
  document.addEventListener("fullscreenchange", () => { full.hidden = Boolean(document.fullscreenElement); });

  // --- Keeping current ---------------------------------------------------------------------------------------------------
  function show(page) {
    const next = page.querySelector("[data-board]");
    if (!next) throw new Error("no board");
    clock.textContent = page.querySelector("[data-clock]").textContent;
    if (next.innerHTML !== board.dataset.shown) {
      board.innerHTML = next.innerHTML;
      board.dataset.shown = next.innerHTML;
    }
    const now = calls();
    const fresh = [...now].filter(([call]) => !known.has(call));
    fresh.forEach(([, line]) => line.classList.add("is-new"));
    if (fresh.length) {
      announce.textContent = fresh.map(([, line]) => line.dataset.words).join(" ");
      chime();
    }
    known = new Set(now.keys());
  }

  async function ask() {
    try {
      const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(EVERY_MS) });
      if (!answer.ok) throw new Error(answer.status);
      show(new DOMParser().parseFromString(await answer.text(), "text/html"));
      away.hidden = true;
    } catch {
      away.hidden = false;
    }
    setTimeout(ask, EVERY_MS);
  }
  board.dataset.shown = board.innerHTML;
  setTimeout(ask, EVERY_MS);
})();
