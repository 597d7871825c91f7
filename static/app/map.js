"use strict";
// Maps: one GeoJSON layer on a canvas each. Trips follow the ticks, the view and the open stop live in the URL.

for (const holder of document.querySelectorAll("[data-map]")) {
  const panel = holder.parentElement.querySelector(".stop-panel");
  const MANY = 400;

  // Colours come from the stylesheet, so that both themes and the tables agree with the map.
  const probe = document.createElement("i");
  probe.hidden = true;
  document.body.append(probe);
  const colour = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  let ink = {};
  const readInk = () => {
    ink = { surface: colour("surface"), on: colour("on-trip"), unplanned: colour("unplanned"), late: colour("late"), line: colour("line"), muted: colour("muted") };
    for (let n = 1; n <= 12; n += 1) ink[n] = colour(`trip-${n}`);
  };
  readInk();

  const map = L.map(holder, { preferCanvas: true, zoomSnap: 0.25, zoomControl: false, attributionControl: Boolean(holder.dataset.tiles) });
  const canvas = L.canvas({ padding: 0.3 }).addTo(map);
  L.control.zoom({ position: "topright", zoomInTitle: holder.dataset.zoomIn, zoomOutTitle: holder.dataset.zoomOut }).addTo(map);
  L.Control.Scale.include({
    _updateMetric(most) {
      const metres = this._getRoundNum(most);
      const label = metres < 1000 ? `${metres} ${holder.dataset.metre}` : `${metres / 1000} ${holder.dataset.kilometre}`;
      this._updateScale(this._mScale, label, metres / most);
    },
  });
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  if (holder.dataset.tiles) {
    map.attributionControl.setPrefix(false);
    L.tileLayer(holder.dataset.tiles, { attribution: holder.dataset.tilesCredit, maxZoom: 19, className: "tiles" }).addTo(map);
  }

  const shown = new Set();
  let stops = 0;
  const numbered = () => stops <= MANY || map.getZoom() >= 13;

  // A stop is a disc with its number, a base a square, an unplanned place a diamond: shape says it where colour cannot.
  const Mark = L.CircleMarker.extend({
    _project() {
      // Beside its place, so that a stop of a trip at the same place stays visible.
      L.CircleMarker.prototype._project.call(this);
      if (this.feature?.properties.kind !== "unplanned") return;
      this._point = this._point.add([10, -10]);
      this._updateBounds();
    },
    _updatePath() {
      const context = this._renderer._ctx;
      if (!this._renderer._drawing || this._empty()) return;
      const { kind, label, violated, colour: shade } = this.feature.properties;
      const { x, y } = this._point;
      const big = kind !== "stop" || numbered();
      const r = this.options.chosen ? 12 : big ? 9 : 4;
      context.beginPath();
      if (kind === "base") context.rect(x - 7, y - 7, 14, 14);
      else if (kind === "unplanned") {
        context.moveTo(x, y - 9);
        context.lineTo(x + 9, y);
        context.lineTo(x, y + 9);
        context.lineTo(x - 9, y);
        context.closePath();
      } else context.arc(x, y, r, 0, 2 * Math.PI);
      context.fillStyle = kind === "stop" ? ink[shade] : ink.surface;
      context.fill();
      context.lineWidth = kind === "stop" ? (violated || this.options.chosen ? 3 : 1.5) : 2.5;
      context.strokeStyle = kind === "unplanned" ? ink.unplanned : kind === "base" ? ink[shade] : violated ? ink.late : ink.surface;
      context.stroke();
      if (kind === "stop" && big) {
        context.fillStyle = ink.on;
        context.font = `600 ${label.length > 2 ? 8 : 10}px system-ui, sans-serif`;
        context.textAlign = "center";
        context.textBaseline = "middle";
        context.fillText(label, x, y + 0.5);
      } else if (kind === "unplanned") {
        context.fillStyle = ink.unplanned;
        context.font = "700 11px system-ui, sans-serif";
        context.textAlign = "center";
        context.textBaseline = "middle";
        context.fillText("!", x, y + 0.5);
      }
    },
  });

  // A trip's line carries small arrows in the middle of its longer legs.
  const Track = L.Polyline.extend({
    _updatePath() {
      L.Polyline.prototype._updatePath.call(this);
      if (!this._renderer._drawing || shown.size > 12) return;
      const context = this._renderer._ctx;
      context.fillStyle = this.options.color;
      for (const part of this._parts) {
        for (let i = 1; i < part.length; i += 1) {
          const [a, b] = [part[i - 1], part[i]];
          if (a.distanceTo(b) < 56) continue;
          const turn = Math.atan2(b.y - a.y, b.x - a.x);
          context.save();
          context.translate((a.x + b.x) / 2, (a.y + b.y) / 2);
          context.rotate(turn);
          context.beginPath();
          context.moveTo(6, 0);
          context.lineTo(-5, -4.5);
          context.lineTo(-5, 4.5);
          context.fill();
          context.restore();
        }
      }
    },
  });

  const dashes = [null, "10 6", "2 6"];
  const trips = new Map();
  const loose = [];
  let ticked = null;
  let data = null;
  let chosen = null;

  const keep = (trip, layer) => {
    if (!trips.has(trip)) trips.set(trip, []);
    trips.get(trip).push(layer);
  };

  function build() {
    for (const feature of data.features) {
      const { kind, trip, colour: shade, dash, title } = feature.properties;
      let layer;
      if (kind === "trip") {
        const points = L.GeoJSON.coordsToLatLngs(feature.geometry.coordinates, 0);
        layer = new Track(points, { renderer: canvas, color: ink[shade], weight: 3, opacity: 0.9, dashArray: dashes[dash], interactive: false, smoothFactor: 1.2 });
      } else {
        layer = new Mark(L.GeoJSON.coordsToLatLng(feature.geometry.coordinates), { renderer: canvas, radius: 10 });
        layer.bindTooltip(() => document.createTextNode(title), { direction: "top", offset: [0, -8] });
        if (kind === "stop") layer.on("click", () => open(layer));
      }
      layer.feature = feature;
      if (trip) keep(trip, layer);
      else loose.push(layer);
    }
  }

  function show(fit) {
    if (!data || !ticked) return;
    for (const [trip, layers] of trips) {
      const wanted = ticked.has(trip);
      if (wanted === shown.has(trip)) continue;
      for (const layer of layers) wanted ? layer.addTo(map) : layer.remove();
      wanted ? shown.add(trip) : shown.delete(trip);
    }
    stops = 0;
    for (const trip of shown) stops += trips.get(trip).length;
    // Lines below, then marks: toggling trips would otherwise bury earlier stops under later lines.
    for (const trip of shown) for (const layer of trips.get(trip)) if (layer instanceof Mark) layer.bringToFront();
    for (const layer of loose) layer.addTo(map).bringToFront();
    if (fit) fitAll();
    holder.dataset.shown = shown.size;
  }

  function fitAll() {
    const bounds = L.latLngBounds([]);
    const extend = (layer) => bounds.extend(layer.getLatLng ? layer.getLatLng() : layer.getBounds());
    for (const trip of shown) trips.get(trip).forEach(extend);
    loose.forEach(extend);
    if (!bounds.isValid()) for (const layers of trips.values()) layers.forEach(extend);
    if (bounds.isValid()) map.fitBounds(bounds, { padding: [32, 32], maxZoom: 15, animate: false });
    else map.setView([0, 0], 2);
  }

  function choose(layer) {
    if (chosen) {
      chosen.options.chosen = false;
      chosen.redraw();
    }
    chosen = layer;
    if (layer) {
      layer.options.chosen = true;
      layer.redraw().bringToFront();
    }
  }

  function open(layer) {
    if (!panel) return;
    const { trip, stop } = layer.feature.properties;
    choose(layer);
    panel.hidden = false;
    htmx.ajax("GET", panel.dataset.url.replace("/0/0/", `/${trip}/${stop}/`), { target: panel, swap: "innerHTML" });
    remember({ stop: `${trip}.${stop}` });
  }

  function close() {
    if (!panel || panel.hidden) return;
    panel.hidden = true;
    choose(null);
    remember({ stop: null });
  }

  function remember(changes) {
    if (!panel) return;
    const here = new URL(location);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) here.searchParams.delete(name);
      else here.searchParams.set(name, value);
    }
    history.replaceState(null, "", here);
  }

  function restore() {
    if (!panel) return fitAll();
    const wanted = new URL(location).searchParams;
    const view = (wanted.get("view") ?? "").split("/").map(Number);
    if (view.length === 3 && view.every(Number.isFinite)) map.setView([view[1], view[2]], view[0], { animate: false });
    else fitAll();
    const [trip, stop] = (wanted.get("stop") ?? "").split(".").map(Number);
    const layer = (trips.get(trip) ?? []).find((item) => item.feature.properties.stop === stop);
    if (layer && shown.has(trip)) open(layer);
    map.on("moveend", () => {
      const centre = map.getCenter();
      remember({ view: `${map.getZoom()}/${centre.lat.toFixed(5)}/${centre.lng.toFixed(5)}` });
    });
  }

  function ground() {
    // With no tile server the ground is plain: degrees give a sense of place, the scale bar a sense of size.
    const STEPS = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005];
    return L.Layer.extend({
      onAdd() {
        this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide", map.getPane("tilePane"));
        this._draw();
      },
      onRemove() {
        this._canvas.remove();
      },
      getEvents() {
        return { move: this._draw, zoomend: this._draw, resize: this._draw };
      },
      _draw() {
        const size = map.getSize();
        const ratio = window.devicePixelRatio || 1;
        L.DomUtil.setPosition(this._canvas, map.containerPointToLayerPoint([0, 0]));
        Object.assign(this._canvas, { width: size.x * ratio, height: size.y * ratio });
        Object.assign(this._canvas.style, { width: `${size.x}px`, height: `${size.y}px` });
        const context = this._canvas.getContext("2d");
        context.scale(ratio, ratio);
        const bounds = map.getBounds();
        const step = STEPS.findLast((item) => (bounds.getEast() - bounds.getWest()) / item <= size.x / 110) ?? STEPS[0];
        const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        context.font = "10px system-ui, sans-serif";
        context.strokeStyle = ink.line;
        context.fillStyle = ink.muted;
        const lines = (from, to, draw) => {
          for (let k = Math.ceil(from / step); k * step < to; k += 1) draw(k * step, `${(k * step).toFixed(digits)}°`);
        };
        const stroke = (x0, y0, x1, y1) => {
          context.beginPath();
          context.moveTo(x0, y0);
          context.lineTo(x1, y1);
          context.stroke();
        };
        lines(bounds.getWest(), bounds.getEast(), (value, label) => {
          const x = Math.round(map.latLngToContainerPoint([bounds.getNorth(), value]).x) + 0.5;
          stroke(x, 0, x, size.y);
          context.fillText(label, x + 4, 12);
        });
        lines(bounds.getSouth(), bounds.getNorth(), (value, label) => {
          const y = Math.round(map.latLngToContainerPoint([value, bounds.getWest()]).y) + 0.5;
          stroke(0, y, size.x, y);
          if (y > 24) context.fillText(label, 4, y - 4);
        });
      },
    });
  }

  document.addEventListener("trips:change", (event) => {
    ticked = event.detail;
    show(false);
  });
  document.addEventListener("app:escape", close);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close-stop]")) close();
    if (holder.parentElement.contains(event.target.closest("[data-fit]"))) fitAll();
    const order = event.target.closest("[data-locate-order]")?.dataset.locateOrder;
    const place = order && loose.find((layer) => layer.feature.properties.orders.includes(order));
    if (place) {
      map.setView(place.getLatLng(), Math.max(map.getZoom(), 12));
      place.openTooltip();
      holder.scrollIntoView({ block: "nearest" });
    }
    const row = event.target.closest("[data-locate]");
    if (row) {
      const [trip, stop] = row.dataset.locate.split(".").map(Number);
      const layer = (trips.get(trip) ?? []).find((item) => item.feature.properties.stop === stop);
      if (layer && shown.has(trip)) {
        map.setView(layer.getLatLng(), Math.max(map.getZoom(), 13));
        open(layer);
      }
    }
  });
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(holder);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => location.reload());

  fetch(holder.dataset.url, { headers: { Accept: "application/geo+json" } })
    .then((response) => {
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    })
    .then((collection) => {
      data = collection;
      build();
      ticked ??= new Set(trips.keys());
      map.setView([0, 0], 2, { animate: false });
      if (!holder.dataset.tiles) new (ground())().addTo(map);
      show(true);
      restore();
      holder.dataset.ready = "true";
    })
    .catch(() => {
      holder.dataset.ready = "failed";
      holder.parentElement.querySelector(".map-failed").hidden = false;
    });
}
