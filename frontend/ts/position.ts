/**
 * The map in the admin on which an editor chooses where a place is: by a click, by dragging the marker, or by keyboard.
 * It tells `torv:chosen` with latitude and longitude, and follows `torv:given`; the script of the form writes the fields.
 */
import * as L from "leaflet";

import { tiledMap } from "./tiles";

type Position = [latitude: number, longitude: number];

interface Start {
    position: Position;
    zoom: number;
}

/** Pixels that an arrow key moves the marker. */
const STEP = 10;
const FURTHER = 100;
const ARROWS: Record<string, [x: number, y: number]> = {
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
};

document.addEventListener("torv:position", openWanted);
openWanted();

function openWanted(): void {
    for (const box of document.querySelectorAll<HTMLElement>("[data-torv-position][data-wanted]")) {
        delete box.dataset["wanted"];
        open(box);
    }
}

function open(box: HTMLElement): void {
    const place = box.querySelector<HTMLElement>("[data-torv-map]");
    const note = box.querySelector<HTMLElement>("[data-torv-note]");
    if (!place?.hidden || !note) return; // or it is open already
    place.hidden = false;
    place.className = "torv-position__map";
    note.textContent = box.dataset["help"] ?? "";
    box.querySelector("[data-torv-choose]")?.remove();
    place.setAttribute("aria-describedby", note.id);
    const start = JSON.parse(box.dataset["start"] ?? "{}") as Start;
    const map = tiledMap(place, box.dataset).setView(start.position, start.zoom);
    const pin = pinOn(map, box);
    if ("set" in box.dataset) pin.setLatLng(start.position).addTo(map);
    listen(map, place, pin, box);
    place.scrollIntoView({ block: "center" });
    (pin.getElement() ?? place).focus({ preventScroll: true });
}

function pinOn(map: L.Map, box: HTMLElement): L.Marker {
    const icon = L.divIcon({ className: "torv-position__pin", iconSize: [28, 28] });
    const pin = L.marker(map.getCenter(), { icon, draggable: true, autoPan: true, keyboard: true });
    pin.on("dragend", () => tell(box, pin));
    pin.on("add", () => {
        const element = pin.getElement();
        element?.setAttribute("aria-label", box.dataset["pin"] ?? "");
        element?.addEventListener("keydown", (event) => {
            const arrow = ARROWS[event.key];
            if (!arrow) return;
            event.preventDefault();
            event.stopPropagation(); // or the map would move too
            const way = L.point(arrow).multiplyBy(event.shiftKey ? FURTHER : STEP);
            put(map, pin, map.layerPointToLatLng(map.latLngToLayerPoint(pin.getLatLng()).add(way)));
            map.panInside(pin.getLatLng(), { padding: [40, 40], animate: false });
            tell(box, pin);
        });
    });
    return pin;
}

function listen(map: L.Map, place: HTMLElement, pin: L.Marker, box: HTMLElement): void {
    map.on("click", (event) => {
        put(map, pin, event.latlng);
        tell(box, pin);
    });
    place.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.target !== place) return;
        event.preventDefault();
        put(map, pin, map.getCenter());
        tell(box, pin);
        pin.getElement()?.focus();
    });
    box.addEventListener("torv:given", (event) => {
        const position = L.latLng((event as CustomEvent<Position>).detail);
        if (map.hasLayer(pin) && position.equals(pin.getLatLng(), 1e-5)) return;
        put(map, pin, position);
        map.panInside(position, { padding: [40, 40], animate: false });
    });
}

function put(map: L.Map, pin: L.Marker, position: L.LatLng): void {
    pin.setLatLng(position.wrap());
    if (!map.hasLayer(pin)) pin.addTo(map);
}

function tell(box: HTMLElement, pin: L.Marker): void {
    const { lat, lng } = pin.getLatLng().wrap();
    const detail: Position = [lat, lng];
    box.dispatchEvent(new CustomEvent("torv:chosen", { bubbles: true, detail }));
}
