// Comforts of the kiosk. Without them every screen works, and ends by itself after three minutes.
(() => {
  const IDLE_MS = 60_000;
  const WARNING_SECONDS = 30;

  // --- A screen that nobody touches ends; "Plus de temps" starts again, as often as one likes -----------------------
  const warning = document.querySelector("[data-countdown]");
  if (warning) {
    const seconds = warning.querySelector("[data-countdown-seconds]");
    let idle;
    let counting;
    const rest = () => {
      clearTimeout(idle);
      clearInterval(counting);
      warning.hidden = true;
      idle = setTimeout(warn, IDLE_MS);
    };
    const warn = () => {
      let left = WARNING_SECONDS;
      seconds.textContent = left;
      warning.hidden = false;
      warning.querySelector("button").focus();
      counting = setInterval(() => {
        left -= 1;
        seconds.textContent = left;
        if (left <= 0) location.replace(warning.dataset.countdown);
      }, 1000);
    };
    ["pointerdown", "keydown"].forEach((kind) => document.addEventListener(kind, rest));
    rest();
  }

  // A screen kept by the browser may show somebody's number: it is asked for anew.
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  // --- Keys for the number -------------------------------------------------------------------------------------------
  const keypad = document.querySelector("[data-keypad]");
  const target = document.querySelector("[data-keypad-target]");
  if (keypad && target) {
    keypad.hidden = false;
    target.inputMode = "none";
    const pairs = (digits) => digits.match(/.{1,2}/g)?.join(" ") ?? "";
    keypad.addEventListener("click", (event) => {
      const key = event.target.closest("[data-key]")?.dataset.key;
      if (!key) return;
      const digits = target.value.replace(/\D/g, "");
      target.value = pairs(key === "all" ? "" : key === "back" ? digits.slice(0, -1) : digits + key);
    });
  }

  // --- An ear on every choice ----------------------------------------------------------------------------------------
  if ("speechSynthesis" in window) {
    document.querySelectorAll("[data-say]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => {
        speechSynthesis.cancel();
        const words = new SpeechSynthesisUtterance(button.dataset.say);
        words.lang = document.documentElement.lang;
        words.rate = 0.9;
        speechSynthesis.speak(words);
      });
    });
  }

  // --- "Appeler quelqu'un" keeps the screen and its answers ------------------------------------------------------------
  const call = document.querySelector(".kiosk-footer form");
  const coming = document.querySelector("[data-coming]");
  if (call && coming) {
    call.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        const answer = await fetch(call.action, { method: "POST", body: new FormData(call) });
        if (!answer.ok) throw new Error(answer.status);
        coming.hidden = false;
        setTimeout(() => { coming.hidden = true; }, 15_000);
      } catch {
        away(true);
      }
    });
  }

  // --- If the server is away, say so before somebody touches a key for nothing -----------------------------------------
  const notice = document.querySelector("[data-away]");
  const away = (is) => { if (notice) notice.hidden = !is; };
  if (notice) {
    setInterval(() => fetch(notice.dataset.away, { cache: "no-store" }).then((answer) => away(!answer.ok), () => away(true)), 20_000);
  }
})();
