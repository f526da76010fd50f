/** Loads the map, its style and its pictures when the reader asks for it, and nothing before. */
export function enhanceMapButton(): void {
    for (const section of document.querySelectorAll<HTMLElement>("[data-map]")) {
        const button = section.querySelector("button");
        const { script, style } = section.dataset;
        if (!button || !script || !style) continue;
        section.hidden = false;
        button.addEventListener("click", () => load(section, script, style), { once: true });
    }
}

function load(section: HTMLElement, script: string, style: string): void {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = style;
    const code = document.createElement("script");
    code.src = script;
    code.addEventListener("error", () => {
        const note = section.querySelector<HTMLElement>(".torv-map__note");
        if (note) note.textContent = section.dataset["failed"] ?? "";
    });
    document.head.append(sheet, code);
}
