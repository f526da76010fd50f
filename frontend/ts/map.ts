/**
 * The map of a list or of places in a text. Every marker is a button with the entry's name; its popup links to the entry, and each
 * entry of the list gets a button that shows it on the map. Rough positions are drawn as circles.
 */
import * as L from "leaflet";

import { tiledMap } from "./tiles";

interface Marker {
    name: string;
    url: string;
    key: string;
    position: [number, number];
    blurred: boolean;
}

interface Markers {
    markers: Marker[];
    shown: number;
    total: number;
}

/** Two decimals of a degree are about this many metres. */
const BLUR = 800;
/** Frames that a popup may take to be laid out. */
const FRAMES = 30;
const CLOSE = 15;

document.addEventListener("torv:map", drawWanted);
drawWanted();

function drawWanted(): void {
    for (const section of document.querySelectorAll<HTMLElement>("[data-map][data-wanted]")) {
        delete section.dataset["wanted"];
        void draw(section);
    }
}

/** Of places in a text the section has them itself; those of a list are fetched. */
async function found(words: DOMStringMap): Promise<Markers> {
    if (words["places"]) {
        const markers = JSON.parse(words["places"]) as Marker[];
        return { markers, shown: markers.length, total: markers.length };
    }
    const response = await fetch(words["markers"] ?? "", { credentials: "same-origin" });
    if (!response.ok) throw new Error(response.statusText);
    return (await response.json()) as Markers;
}

async function draw(section: HTMLElement): Promise<void> {
    const note = section.querySelector<HTMLElement>(".torv-map__note");
    if (!note) return;
    const words = section.dataset;
    try {
        const answer = await found(words);
        const map = frame(section);
        show(map, answer.markers, words);
        note.textContent = answer.total > answer.shown ? filled(words["more"] ?? "", answer) : "";
    } catch {
        note.textContent = words["failed"] ?? "";
    }
}

function frame(section: HTMLElement): L.Map {
    const place = document.createElement("div");
    place.className = "torv-map__canvas";
    section.querySelector("button")?.replaceWith(place);
    const map = tiledMap(place, section.dataset);
    place.focus();
    return map;
}

function show(map: L.Map, markers: Marker[], words: DOMStringMap): void {
    const bounds = L.latLngBounds([]);
    const drawn = new Map<string, L.Marker>();
    map.setView([0, 0], 2);
    for (const marker of markers) {
        const pin = pinOf(marker, words).addTo(map);
        if (marker.blurred) L.circle(marker.position, { radius: BLUR, interactive: false }).addTo(map);
        named(pin, marker, words);
        if (marker.key && !drawn.has(marker.key)) drawn.set(marker.key, pin);
        bounds.extend(marker.position);
    }
    if (bounds.isValid()) map.fitBounds(bounds, { padding: [30, 30], maxZoom: CLOSE, animate: false });
    link(map, drawn, words);
}

function pinOf(marker: Marker, words: DOMStringMap): L.Marker {
    const className = marker.blurred ? "torv-map__pin torv-map__pin--blurred" : "torv-map__pin";
    const pin = L.marker(marker.position, {
        icon: L.divIcon({ className, iconSize: [28, 28] }),
        keyboard: true,
        riseOnHover: true,
    });
    const link = document.createElement(marker.url ? "a" : "span");
    if (link instanceof HTMLAnchorElement) link.href = marker.url;
    link.textContent = marker.name;
    const popup = document.createElement("p");
    popup.append(link, marker.blurred ? ` (${words["blurred"] ?? ""})` : "");
    popup.addEventListener("keydown", (event) => {
        if (event.key === "Escape") pin.closePopup();
    });
    return pin.bindPopup(popup);
}

/** Leaflet lays the popup out after it says that it is open, and what is hidden takes no focus. */
function focusWhenShown(link: HTMLElement, frames: number): void {
    link.focus();
    if (document.activeElement !== link && frames > 0)
        requestAnimationFrame(() => focusWhenShown(link, frames - 1));
}

function named(pin: L.Marker, marker: Marker, words: DOMStringMap): void {
    const name = marker.blurred ? `${marker.name}, ${words["blurred"] ?? ""}` : marker.name;
    pin.getElement()?.setAttribute("aria-label", name);
    pin.on("popupopen", () => {
        const link = pin.getPopup()?.getElement()?.querySelector<HTMLAnchorElement>("p a");
        if (link) focusWhenShown(link, FRAMES);
    });
    pin.on("popupclose", () => pin.getElement()?.focus());
    // A place without a page has no link that takes the focus, so the pin keeps it.
    pin.getElement()?.addEventListener("keydown", (event) => {
        if (event.key === "Escape") pin.closePopup();
    });
}

/** Each entry of the list that is on the map leads there. */
function link(map: L.Map, drawn: Map<string, L.Marker>, words: DOMStringMap): void {
    for (const [key, pin] of drawn) {
        const item = document.getElementById(`e-${key}`);
        const actions = item?.querySelector(".torv-hit__actions");
        if (!item || !actions) continue;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "torv-show-on-map";
        button.textContent = words["showLabel"] ?? "";
        const title = item.querySelector(".torv-hit__title")?.textContent?.trim() ?? "";
        button.setAttribute("aria-label", `${button.textContent}: ${title}`);
        button.addEventListener("click", () => {
            map.getContainer().scrollIntoView({ block: "center" });
            map.setView(pin.getLatLng(), Math.max(map.getZoom(), CLOSE - 2), { animate: false });
            pin.openPopup();
        });
        actions.append(button);
    }
}

function filled(text: string, values: Markers): string {
    return text.replace("{shown}", String(values.shown)).replace("{total}", String(values.total));
}
