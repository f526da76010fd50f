/**
 * Loads the map, its style and its pictures when the reader asks for it, and nothing before. The script is loaded
 * once for all maps of a page; it draws those that are wanted.
 */
export function enhanceMapButton(): void {
    for (const section of document.querySelectorAll<HTMLElement>("[data-map]")) {
        const button = section.querySelector("button");
        const { script, style } = section.dataset;
        if (!button || !script || !style) continue;
        section.hidden = false;
        button.addEventListener("click", () => want(section, script, style), { once: true });
    }
}

let isLoading = false;

function want(section: HTMLElement, script: string, style: string): void {
    section.dataset["wanted"] = "";
    if (isLoading) section.dispatchEvent(new CustomEvent("torv:map", { bubbles: true }));
    else load(section, script, style);
}

function load(section: HTMLElement, script: string, style: string): void {
    isLoading = true;
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = style;
    const code = document.createElement("script");
    code.src = script;
    code.addEventListener("error", () => {
        const note = section.querySelector<HTMLElement>(".torv-map__note");
        if (note) note.textContent = section.dataset["failed"] ?? "";
        isLoading = false;
    });
    document.head.append(sheet, code);
}
