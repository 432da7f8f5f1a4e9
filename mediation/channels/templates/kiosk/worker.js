{% load static %}// Shows the page of kiosk/away.html where the server does not answer. Nothing else is kept: no screen, no answer.
// Another number to telephone is another worker: {{ network.phone }}
const PAGE = "{% url "kiosk:away" %}";
const KEPT = [
  PAGE,
  "{% url "network_colours" %}",
  "{% static "vendor/bootstrap/bootstrap.min.css" %}",
  "{% static "kernel/tokens.css" %}",
  "{% static "kernel/base.css" %}",
  "{% static "kernel/components.css" %}",
  "{% static "kernel/forms.css" %}",
  "{% static "kernel/kiosk.css" %}",
  "{% static "kernel/print.css" %}",
  "{% static "kiosk/screens.css" %}",
  "{% static "kernel/text-size.js" %}",
  "{% static "kernel/page.js" %}",
  "{% static "kiosk/away.js" %}",
];
const CACHE = "borne-hors-ligne";
// What a proxy answers in the name of a server that is away.
const IS_AWAY = [502, 503, 504];

const keep = () => caches.open(CACHE).then((cache) => cache.addAll(KEPT.map((path) => new Request(path, { cache: "reload" }))));
const kept = (path) => caches.open(CACHE).then((cache) => cache.match(path));

addEventListener("install", (event) => event.waitUntil(keep().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).then((answer) => (IS_AWAY.includes(answer.status) ? kept(PAGE) : answer), () => kept(PAGE)));
  } else if (KEPT.includes(path)) {
    event.respondWith(fetch(request).catch(() => kept(path)));
  }
});
