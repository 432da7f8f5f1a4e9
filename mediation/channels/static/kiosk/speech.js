// An ear on every choice. Nothing is said unless somebody asks, and what is theirs (number, reference, time) only once
// they say that a headset is in. A second touch stops, a third says it again.
(() => {
  if (!("speechSynthesis" in window)) return;
  const HEADSET = "headset";
  const EARS = "[data-say], [data-say-field], [data-say-screen], [data-headset]";
  // What is theirs has its ear only while the headset is in.
  const SCREEN = "main .kiosk-lead, main .error, [data-say]:not([data-private], dialog *), [data-private][data-say]:not([hidden])";
  const hasHeadset = () => sessionStorage.getItem(HEADSET) !== null;
  const field = () => document.querySelector("[data-keypad-target]");
  let speaking = null;

  // A device without a voice for a language would read it as if it were another.
  const canSay = (language) => {
    const voices = speechSynthesis.getVoices();
    return !voices.length || voices.some((voice) => voice.lang.toLowerCase().startsWith(language));
  };

  const stop = () => {
    speaking = null;
    speechSynthesis.cancel();
  };

  const say = (who, texts) => {
    const isAsking = speaking === who;
    stop();
    if (isAsking) return;
    speaking = who;
    texts.filter(({ text }) => text).forEach(({ text, language }, index, all) => {
      const words = new SpeechSynthesisUtterance(text);
      words.lang = language || document.documentElement.lang;
      words.rate = 0.9;
      // How loud the device is no page can set; our part of it is the same for everybody who comes.
      words.volume = 1;
      if (index === all.length - 1) words.onend = () => { if (speaking === who) speaking = null; };
      speechSynthesis.speak(words);
    });
  };

  // A city's own words are French, whatever language they are said within.
  const textsOf = (element) => {
    const text = element.dataset.say ?? element.textContent.trim().replace(/\s+/g, " ");
    const names = document.documentElement.lang.startsWith("fr") ? [] : (element.dataset.french ?? "").split("|");
    let parts = [text];
    names.filter(Boolean).forEach((name) => {
      const around = (part) => part.split(name).flatMap((piece, index) => (index ? [name, piece] : [piece]));
      parts = parts.flatMap((part) => (names.includes(part) ? [part] : around(part)));
    });
    return parts
      .filter((part) => /[\p{L}\p{N}]/u.test(part))
      .map((part) => ({ text: part.trim(), language: names.includes(part) ? "fr" : element.dataset.lang }));
  };
  const spaced = (digits) => ({ text: digits.replace(/\D/g, "").split("").join(" ") });

  const prepare = () => {
    document.querySelectorAll(EARS).forEach((ear) => {
      const isPrivate = "private" in ear.dataset;
      ear.hidden = (isPrivate && !hasHeadset()) || !canSay(ear.dataset.lang || document.documentElement.lang);
      if ("headset" in ear.dataset) ear.setAttribute("aria-pressed", String(hasHeadset()));
    });
  };

  document.addEventListener("click", (event) => {
    const ear = event.target.closest(EARS);
    if (!ear) return;
    if ("headset" in ear.dataset) {
      if (hasHeadset()) sessionStorage.removeItem(HEADSET);
      else sessionStorage.setItem(HEADSET, "in");
      stop();
      prepare();
    } else if ("sayField" in ear.dataset) {
      say(ear, [spaced(field().value)]);
    } else if ("sayScreen" in ear.dataset) {
      say(ear, [...document.querySelectorAll(SCREEN)].flatMap(textsOf));
    } else {
      say(ear, textsOf(ear));
    }
  });

  // Fingers that do not see the keys hear them.
  document.addEventListener("kiosk:key", (event) => { if (hasHeadset()) say({}, [spaced(event.detail)]); });
  document.addEventListener("kiosk:shown", prepare);
  speechSynthesis.addEventListener?.("voiceschanged", prepare);
  addEventListener("pagehide", stop);
  prepare();
})();
