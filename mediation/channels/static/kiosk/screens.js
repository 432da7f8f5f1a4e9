// Comforts of the kiosk. Without them every screen works, and ends by itself after three minutes.
(() => {
  const IDLE_MS = 60_000;
  const WARNING_SECONDS = 30;
  const COMING_MS = 15_000;
  const ALIVE_MS = 20_000;
  const { start, alive, worker } = document.body.dataset;
  const one = (selector) => document.querySelector(selector);

  // Nothing that a page may have kept outlives whoever was here.
  if ("fresh" in document.body.dataset) {
    sessionStorage.clear();
    localStorage.clear();
  }

  // --- A screen that nobody touches ends; "Plus de temps" starts again, as often as one likes -----------------------
  let idle;
  let counting;
  const rest = (event) => {
    clearTimeout(idle);
    clearInterval(counting);
    const warning = one("[data-countdown]");
    if (!warning) return;
    // Whoever has the warning read out, or looks for its ear with the keyboard, needs the time to hear it.
    if (warning.open && (event?.key === "Tab" || event?.target.closest?.("[data-say]"))) return warn(warning);
    if (warning.open) warning.close();
    idle = setTimeout(warn, IDLE_MS, warning);
  };
  const warn = (warning) => {
    const seconds = warning.querySelector("[data-countdown-seconds]");
    let left = WARNING_SECONDS;
    seconds.textContent = left;
    if (!warning.open) warning.showModal();
    counting = setInterval(() => {
      left -= 1;
      seconds.textContent = left;
      if (left <= 0) location.replace(warning.dataset.countdown);
    }, 1000);
  };
  // On "click", not on the touch that begins it: the finger that asks for more time must not touch what lies below.
  ["click", "keydown", "scroll"].forEach((kind) => document.addEventListener(kind, rest, { capture: true, passive: true }));

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-countdown-more]")) fetch(`${alive}?more`, { cache: "no-store" }).catch(() => {});
  });

  // --- Keys for digits -----------------------------------------------------------------------------------------------
  const pairs = (digits) => digits.match(/.{1,2}/g)?.join(" ") ?? "";
  document.addEventListener("click", (event) => {
    const key = event.target.closest("[data-key]")?.dataset.key;
    const target = one("[data-keypad-target]");
    if (!key || !target) return;
    const digits = target.value.replace(/\D/g, "");
    target.value = pairs(key === "all" ? "" : key === "back" ? digits.slice(0, -1) : digits + key);
    document.dispatchEvent(new CustomEvent("kiosk:key", { detail: key }));
  });

  const prepare = () => {
    const keypad = one("[data-keypad]");
    const target = one("[data-keypad-target]");
    if (keypad && target) {
      keypad.hidden = false;
      target.inputMode = "none";
    }
    rest();
    document.dispatchEvent(new CustomEvent("kiosk:shown"));
  };

  // --- The history keeps no screen, and no form that could be sent again ---------------------------------------------
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!start || !link || link.origin !== location.origin || link.hash) return;
    event.preventDefault();
    location.replace(link.href);
  });
  const show = (html) => {
    const screen = new DOMParser().parseFromString(html, "text/html");
    one(".kiosk").replaceWith(screen.querySelector(".kiosk"));
    document.title = screen.title;
    one("main").focus();
    prepare();
  };
  const away = (is) => {
    const notice = one("[data-away]");
    if (notice) notice.hidden = !is;
  };
  const send = async (form, submitter) => {
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form, submitter) });
      if (form.matches("[data-call]")) return somebodyComes(answer);
      if (answer.redirected) location.replace(answer.url);
      else show(await answer.text());
    } catch {
      away(true);
    } finally {
      delete form.dataset.sent;
    }
  };
  // "Appeler quelqu'un" keeps the screen and its answers.
  const somebodyComes = (answer) => {
    if (!answer.ok) return away(true);
    const coming = one("[data-coming]");
    coming.hidden = false;
    setTimeout(() => { coming.hidden = true; }, COMING_MS);
  };
  document.addEventListener("submit", (event) => {
    if (!start || event.defaultPrevented) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.replace(start ?? location.href); });

  // --- If the server is away, say so before somebody touches a key for nothing; out of service, show it -----------------
  if (alive) {
    const look = (answer) => {
      if (answer.status === 403) location.replace(start);
      away(!answer.ok);
    };
    setInterval(() => fetch(alive, { cache: "no-store" }).then(look, () => away(true)), ALIVE_MS);
  }
  // It shows a page with the number to telephone where a screen cannot be had. Browsers have it over HTTPS only.
  if (worker) navigator.serviceWorker?.register(worker).catch(() => {});

  prepare();
})();
