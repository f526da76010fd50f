/**
 * Tabs are sections with headings, one below the other. This shows one of them at a time, with a row of tabs above
 * that arrow keys move in. On paper all sections are there again, with their headings.
 */
let count = 0;

export function enhanceTabs(): void {
    for (const group of document.querySelectorAll<HTMLElement>(".torv-tabs")) enhance(group);
}

function enhance(group: HTMLElement): void {
    const panels = [...group.querySelectorAll<HTMLElement>(":scope > .torv-tabs__panel")];
    if (panels.length < 2) return;
    const list = document.createElement("div");
    list.className = "torv-tabs__list";
    list.setAttribute("role", "tablist");
    const tabs = panels.map((panel) => tabOf(panel));
    list.append(...tabs);
    list.addEventListener("keydown", (event) => {
        const next = target(event.key, tabs.indexOf(document.activeElement as HTMLButtonElement), tabs.length);
        if (next === undefined) return;
        event.preventDefault();
        choose(tabs, panels, next);
        tabs[next]?.focus();
    });
    tabs.forEach((tab, index) => tab.addEventListener("click", () => choose(tabs, panels, index)));
    group.prepend(list);
    group.classList.add("torv-tabs--ready");
    choose(tabs, panels, 0);
}

function tabOf(panel: HTMLElement): HTMLButtonElement {
    const tab = document.createElement("button");
    const number = ++count;
    tab.type = "button";
    tab.className = "torv-tabs__tab";
    tab.id = `torv-tab-${number}`;
    tab.textContent = panel.querySelector(".torv-tabs__title")?.textContent ?? "";
    tab.setAttribute("role", "tab");
    panel.id ||= `torv-tab-panel-${number}`;
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    panel.tabIndex = 0;
    return tab;
}

function choose(tabs: HTMLButtonElement[], panels: HTMLElement[], chosen: number): void {
    tabs.forEach((tab, index) => {
        tab.setAttribute("aria-selected", String(index === chosen));
        tab.tabIndex = index === chosen ? 0 : -1;
    });
    panels.forEach((panel, index) => {
        panel.hidden = index !== chosen;
    });
}

function target(key: string, from: number, length: number): number | undefined {
    switch (key) {
        case "ArrowRight":
            return (from + 1) % length;
        case "ArrowLeft":
            return (from - 1 + length) % length;
        case "Home":
            return 0;
        case "End":
            return length - 1;
        default:
            return undefined;
    }
}
