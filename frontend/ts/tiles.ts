/** A map with tiles in a part of the page. `words` are those of the section: the tiles' address and what is read aloud. */
import * as L from "leaflet";

export function tiledMap(place: HTMLElement, words: DOMStringMap): L.Map {
    place.setAttribute("role", "region");
    place.setAttribute("aria-label", words["label"] ?? "");
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = L.map(place, {
        zoomControl: false,
        zoomAnimation: !still,
        fadeAnimation: !still,
        markerZoomAnimation: !still,
        scrollWheelZoom: false,
    });
    L.control.zoom({ zoomInTitle: words["zoomIn"] ?? "+", zoomOutTitle: words["zoomOut"] ?? "-" }).addTo(map);
    map.attributionControl.setPrefix(false);
    L.tileLayer(words["tiles"] ?? "", {
        attribution: escaped(words["attribution"] ?? ""),
        referrerPolicy: "origin",
    }).addTo(map);
    place.tabIndex = 0;
    // It may be folded away meanwhile, or its stylesheet come later than this.
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(place);
    return map;
}

function escaped(text: string): string {
    const element = document.createElement("span");
    element.textContent = text;
    return element.innerHTML;
}
