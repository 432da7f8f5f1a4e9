// The map opens on demand: until then nothing is asked of any other site. The list says the same and works alone.
(() => {
  const frame = document.querySelector("[data-map]");
  const open = document.querySelector("[data-map-open]");
  if (!frame || !open) return;
  const canvas = frame.querySelector("[data-map-canvas]");
  const status = frame.querySelector("[data-map-status]");
  const CITY = 10_000; // metres from its centre
  open.hidden = false;
  document.querySelector("[data-map-open-note]").hidden = false;

  const style = (url) => new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: url, onload: resolve, onerror: reject });
    document.head.append(link);
  });
  const script = (url) => new Promise((resolve, reject) => {
    const tag = Object.assign(document.createElement("script"), { src: url, onload: resolve, onerror: reject });
    document.head.append(tag);
  });
  const json = async (url) => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };

  const element = (name, fields, ...inside) => {
    const made = Object.assign(document.createElement(name), fields);
    made.append(...inside);
    return made;
  };
  const popup = (place) => element(
    "div", { dir: document.dir },
    element("a", { href: place.url, textContent: place.name, dir: "auto" }),
    ...place.lines.map((line) => element("p", { textContent: line, dir: "auto" })),
  );
  const pin = (place) => {
    const state = place.is_open === true ? frame.dataset.openLabel : place.is_open === false ? frame.dataset.closedLabel : "";
    const icon = L.divIcon({
      className: place.is_open ? "map-pin" : "map-pin is-closed", html: place.is_open ? "●" : "○",
      iconSize: [44, 44], iconAnchor: [4, 44], popupAnchor: [18, -40],
    });
    const marker = L.marker([place.latitude, place.longitude], { icon, keyboard: true });
    marker.on("add", () => {
      const drawn = marker.getElement();
      drawn.setAttribute("aria-label", [place.name, state].filter(Boolean).join(", "));
      drawn.setAttribute("aria-haspopup", "dialog");
    });
    return marker.bindPopup(popup(place), { minWidth: 240, maxHeight: 280 });
  };
  const group = () => L.markerClusterGroup({
    showCoverageOnHover: false, maxClusterRadius: 50,
    iconCreateFunction: (cluster) => L.divIcon({
      className: "map-group", iconSize: [48, 48],
      html: element("span", { textContent: cluster.getChildCount() }, element("span", {
        className: "visually-hidden", textContent: ` ${frame.dataset.placesLabel}`,
      })),
    }),
  });

  // Whoever goes without a mouse is never left nowhere: into what opens, and back to where it was opened from.
  const keepFocus = (map, places) => {
    let from = null;
    map.on("popupopen", ({ popup: opened }) => {
      from = opened._source;
      const box = opened.getElement();
      box.setAttribute("role", "dialog");
      box.setAttribute("aria-label", box.querySelector("a[href]:not(.leaflet-popup-close-button)").textContent);
      const close = box.querySelector(".leaflet-popup-close-button");
      close.setAttribute("aria-label", frame.dataset.closeLabel);
      close.title = frame.dataset.closeLabel;
      box.querySelector("a[href]:not(.leaflet-popup-close-button)").focus({ preventScroll: true });
    });
    map.on("popupclose", () => (from?.getElement() ?? canvas).focus({ preventScroll: true }));
    // Leaflet hears keys on the map itself only; from a place or its words they mean the same.
    const moves = { ArrowUp: [0, -80], ArrowDown: [0, 80], ArrowLeft: [-80, 0], ArrowRight: [80, 0] };
    canvas.addEventListener("keydown", (event) => {
      if (event.key === "Escape") map.closePopup();
      if (event.target === canvas || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "+" || event.key === "=") map.zoomIn();
      else if (event.key === "-") map.zoomOut();
      else if (event.key in moves && !event.target.closest(".leaflet-popup")) map.panBy(moves[event.key]);
      else return;
      event.preventDefault();
    });
    // A group whose places stand around it has no more to show, and would lie under them.
    places.on("spiderfied unspiderfied", ({ type, cluster }) => {
      const drawn = cluster.getElement();
      if (drawn) drawn.style.visibility = type === "spiderfied" ? "hidden" : "";
    });
    places.on("animationend spiderfied unspiderfied", () => {
      if (document.activeElement === document.body) canvas.focus({ preventScroll: true });
    });
  };

  const here = () => frame.dataset.hereLatitude && L.marker([+frame.dataset.hereLatitude, +frame.dataset.hereLongitude], {
    icon: L.divIcon({ className: "map-here", iconSize: [28, 28], html: "★" }),
    interactive: false, keyboard: false, zIndexOffset: 1000,
  }).bindTooltip(frame.dataset.hereLabel, { permanent: true, direction: "bottom", offset: [0, 14], className: "map-here-label" });

  const draw = async () => {
    await Promise.all([style(frame.dataset.leafletStyle), style(frame.dataset.clusterStyle), script(frame.dataset.leaflet)]);
    await Promise.all([style(frame.dataset.mapStyle), script(frame.dataset.cluster)]);
    const [found, quartiers] = await Promise.all([json(frame.dataset.map), json(frame.dataset.quartiers)]);
    const map = L.map(canvas, { zoomControl: false }).setView(found.centre, 12);
    map.attributionControl.setPrefix(false);
    L.control.zoom({ zoomInTitle: frame.dataset.zoomIn, zoomOutTitle: frame.dataset.zoomOut }).addTo(map);
    // The city can be read without its ground: where tiles do not come, outlines and places still do.
    L.geoJSON(quartiers, { interactive: false, className: "map-quartier" }).addTo(map);
    L.tileLayer(found.tiles, { attribution: found.attribution, maxZoom: 19 })
      .once("tileerror", () => { status.textContent = frame.dataset.noTiles; }).addTo(map);
    const places = group().addLayers(found.places.map(pin)).addTo(map);
    const points = found.places.map(({ latitude, longitude }) => L.latLng(latitude, longitude));
    const around = here();
    if (around) {
      around.addTo(map);
      const near = points.sort((one, other) => map.distance(one, around.getLatLng()) - map.distance(other, around.getLatLng()));
      map.fitBounds(L.latLngBounds([around.getLatLng(), ...near.slice(0, 4)]), { padding: [48, 48], maxZoom: 16 });
    } else if (points.length) {
      // Places beyond the city would make a dot of it: they are reached by moving the map.
      const within = points.filter((point) => map.distance(point, found.centre) < CITY);
      map.fitBounds(L.latLngBounds(within.length ? within : points), { padding: [32, 32], maxZoom: 16 });
    }
    keepFocus(map, places);
    canvas.focus();
  };

  open.addEventListener("click", async () => {
    open.hidden = true;
    open.setAttribute("aria-expanded", "true");
    document.querySelector("[data-map-open-note]").hidden = true;
    frame.hidden = false;
    try {
      await draw();
    } catch {
      canvas.hidden = true;
      status.textContent = frame.dataset.failed;
    }
  });
})();
