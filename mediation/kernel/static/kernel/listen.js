// « Écouter »: reads the page aloud, in its language, with a voice of this device: nothing is sent to anybody.
(() => {
  const bar = document.querySelector("[data-listen]");
  const main = document.querySelector("main");
  if (!bar || !main || !window.speechSynthesis) return;
  const start = bar.querySelector("[data-listen-start]");
  const stop = bar.querySelector("[data-listen-stop]");
  const label = bar.querySelector("[data-listen-label]");
  const LONGEST = 200; // some browsers fall silent in the middle of longer texts

  const voice = (language) => speechSynthesis.getVoices()
    .find((one) => one.localService && one.lang.slice(0, 2).toLowerCase() === language);
  const offer = () => { bar.hidden = !voice(document.documentElement.lang); };
  offer();
  speechSynthesis.addEventListener?.("voiceschanged", offer);

  // What is seen, block by block, each in its own language.
  const blockOf = (node) => {
    let block = node.parentElement;
    while (block !== main && getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    return block;
  };
  const isRead = (node) => {
    const parent = node.parentElement;
    return node.data.trim() && !parent.closest("[hidden], [aria-hidden=true], script, style, textarea, select, .decoy")
      && (!parent.checkVisibility || parent.checkVisibility());
  };
  const pieces = () => {
    const found = [];
    const nodes = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    let last = null;
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      if (!isRead(node)) continue;
      const block = blockOf(node);
      const language = node.parentElement.closest("[lang]").lang.slice(0, 2);
      if (block === last?.block && language === last.language) last.text += node.data;
      else found.push(last = { block, language, text: node.data });
    }
    return found.flatMap(({ text, language }) => shortened(text.replace(/\s+/g, " ").trim())
      .map((sentence) => ({ text: sentence, language })));
  };
  const shortened = (text) => {
    const parts = [];
    for (const sentence of text.match(/[^.!?؟]+[.!?؟]*\s*/g) || []) {
      if (parts.length && parts.at(-1).length + sentence.length < LONGEST) parts[parts.length - 1] += sentence;
      else parts.push(sentence);
    }
    return parts;
  };

  let queue = [], at = 0, state = "start", turn = 0;
  const show = (next) => {
    state = next;
    bar.dataset.listen = next;
    label.textContent = label.dataset[next];
    stop.hidden = next === "start";
  };
  const silence = () => { turn += 1; speechSynthesis.cancel(); };
  const end = () => { silence(); at = 0; show("start"); };
  const say = () => {
    if (at >= queue.length) { end(); return; }
    const mine = turn;
    const utterance = new SpeechSynthesisUtterance(queue[at].text);
    utterance.lang = queue[at].language;
    utterance.voice = voice(queue[at].language) || voice(document.documentElement.lang);
    utterance.rate = 0.95;
    utterance.onend = () => { if (mine === turn) { at += 1; say(); } };
    utterance.onerror = () => { if (mine === turn) end(); };
    speechSynthesis.speak(utterance);
  };

  // Pausing is stopping and beginning the sentence again: on telephones browsers forget what they had paused.
  start.addEventListener("click", () => {
    if (state === "pause") { silence(); show("resume"); return; }
    if (state === "start") { queue = pieces(); at = 0; }
    silence();
    show("pause");
    say();
  });
  stop.addEventListener("click", () => { end(); start.focus(); });
  window.addEventListener("pagehide", end);
})();
