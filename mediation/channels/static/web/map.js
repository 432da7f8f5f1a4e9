// The map opens on demand: until then nothing is asked of any other site. The list says the same and works alone.
(() => {
  const frame = document.querySelector("[data-map]");
  const open = document.querySelector("[data-map-open]");
  if (!frame || !open) return;
  const canvas = frame.querySelector("[data-map-canvas]");
  const status = frame.querySelector("[data-map-status]");
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

  const popup = (place) => {
    const box = document.createElement("div");
    const link = Object.assign(document.createElement("a"), { href: place.url, textContent: place.name });
    box.append(link, ...place.lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
    return box;
  };
  const pin = (place) => {
    const state = place.is_open === true ? frame.dataset.openLabel : place.is_open === false ? frame.dataset.closedLabel : "";
    const icon = L.divIcon({
      className: place.is_open ? "map-pin" : "map-pin is-closed", html: place.is_open ? "●" : "○",
      iconSize: [44, 44], iconAnchor: [4, 44], popupAnchor: [18, -40],
    });
    const marker = L.marker([place.latitude, place.longitude], { icon, alt: `${place.name} ${state}`, keyboard: true });
    marker.on("add", () => marker.getElement()?.setAttribute("aria-label", `${place.name} ${state}`));
    return marker.bindPopup(popup(place));
  };
  const group = () => L.markerClusterGroup({
    showCoverageOnHover: false, maxClusterRadius: 50,
    iconCreateFunction: (cluster) => L.divIcon({
      className: "map-group", iconSize: [48, 48],
      html: `<span aria-label="${cluster.getChildCount()} ${frame.dataset.placesLabel}">${cluster.getChildCount()}</span>`,
    }),
  });

  const draw = async () => {
    await Promise.all([style(frame.dataset.leafletStyle), style(frame.dataset.clusterStyle), script(frame.dataset.leaflet)]);
    await Promise.all([style(frame.dataset.mapStyle), script(frame.dataset.cluster)]);
    const [found, quartiers] = await Promise.all([json(frame.dataset.map), json(frame.dataset.quartiers)]);
    const map = L.map(canvas, { zoomControl: false }).setView(found.centre, 12);
    L.control.zoom({ zoomInTitle: frame.dataset.zoomIn, zoomOutTitle: frame.dataset.zoomOut }).addTo(map);
    L.tileLayer(found.tiles, { attribution: found.attribution, maxZoom: 19 }).addTo(map);
    L.geoJSON(quartiers, { interactive: false, className: "map-quartier" }).addTo(map);
    const places = group().addLayers(found.places.map(pin)).addTo(map);
    if (found.places.length) map.fitBounds(places.getBounds(), { padding: [32, 32], maxZoom: 16 });
    canvas.focus();
  };

  open.addEventListener("click", async () => {
    open.hidden = true;
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
