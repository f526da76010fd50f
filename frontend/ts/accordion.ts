/**
 * Accordions are `details` elements and open without script. This adds a button that opens or closes all of a
 * group, and opens the one that the address names. Its words come from data attributes, so that they are translated.
 */
export function enhanceAccordions(): void {
    for (const group of document.querySelectorAll<HTMLElement>(".torv-accordion")) addToggle(group);
    openTarget();
    window.addEventListener("hashchange", openTarget);
    window.addEventListener("beforeprint", openAll);
}

function panels(group: ParentNode): HTMLDetailsElement[] {
    return [...group.querySelectorAll<HTMLDetailsElement>("details")];
}

function addToggle(group: HTMLElement): void {
    const { openAll: open, closeAll: close } = group.dataset;
    const items = panels(group);
    if (!open || !close || items.length < 2) return;

    const button = document.createElement("button");
    button.type = "button";
    button.className = "torv-accordion__all";
    const allOpen = (): boolean => items.every((item) => item.open);
    const name = (): void => {
        button.textContent = allOpen() ? close : open;
    };
    button.addEventListener("click", () => {
        const target = !allOpen();
        for (const item of items) item.open = target;
    });
    for (const item of items) item.addEventListener("toggle", name);
    name();
    group.prepend(button);
}

function openTarget(): void {
    const panel = document.querySelector(":target")?.closest("details");
    if (panel) panel.open = true;
}

function openAll(): void {
    for (const item of panels(document.querySelector("main") ?? document)) item.open = true;
}
