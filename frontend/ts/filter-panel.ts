/**
 * The filters beside a list. Wide screens show every facet open; small screens fold the whole panel behind a
 * button. Long facets get a field that narrows their values. Nothing is sent until the reader asks for it.
 */
const LONG_FACET = 12;

export function enhanceFilterPanels(): void {
    const wide = window.matchMedia("(min-width: 992px)");
    for (const panel of document.querySelectorAll<HTMLElement>(".torv-facets")) {
        const facets = [...panel.querySelectorAll<HTMLDetailsElement>("details.torv-facet")];
        if (wide.matches) for (const facet of facets) facet.open = true;
        for (const facet of facets) addNarrowing(facet);
        addPanelButton(panel);
    }
}

function addPanelButton(panel: HTMLElement): void {
    const text = panel.dataset["toggleLabel"];
    const body = panel.querySelector<HTMLElement>(".torv-facets__body");
    if (!text || !body?.id) return;

    const button = document.createElement("button");
    button.type = "button";
    button.className = "torv-facets__toggle";
    button.textContent = text;
    button.setAttribute("aria-controls", body.id);
    const show = (open: boolean): void => {
        button.setAttribute("aria-expanded", String(open));
        panel.classList.toggle("torv-facets--closed", !open);
    };
    button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
    panel.classList.add("torv-facets--scripted");
    panel.prepend(button);
    // A message about a filter must be seen at once.
    show(body.querySelector(".torv-messages") !== null);
}

function addNarrowing(facet: HTMLDetailsElement): void {
    const label = facet.dataset["narrowLabel"];
    const values = [...facet.querySelectorAll<HTMLElement>(".torv-facet__value")];
    const first = facet.querySelector(".torv-facet__values");
    if (!label || !first || values.length <= LONG_FACET) return;

    const field = document.createElement("input");
    field.type = "search";
    field.className = "form-input torv-facet__narrow";
    field.setAttribute("aria-label", label);
    field.placeholder = label;
    field.autocomplete = "off";
    const more = facet.querySelector<HTMLDetailsElement>(".torv-facet__more");
    field.addEventListener("input", () => {
        const wanted = fold(field.value);
        for (const value of values) value.hidden = !fold(value.textContent ?? "").includes(wanted);
        if (more && wanted) more.open = true;
    });
    // The field only narrows what is on the page; Enter must not send the form.
    field.addEventListener("keydown", (event) => {
        if (event.key === "Enter") event.preventDefault();
    });
    first.before(field);
}

/** Case and accents do not matter; `ß` is read as `ss`, `ø` as `o`, `æ` as `ae`. */
function fold(text: string): string {
    return text
        .toLowerCase()
        .normalize("NFD")
        .replace(/\p{Diacritic}/gu, "")
        .replace(/ß/g, "ss")
        .replace(/ø/g, "o")
        .replace(/æ/g, "ae")
        .trim();
}
