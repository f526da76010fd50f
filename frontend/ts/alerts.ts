/**
 * Alerts above the page. Without script they stand there and stay. With script a screen reader hears each of them
 * once, and those that may be hidden get a button. What was heard and hidden is kept in this browser's
 * sessionStorage, for as long as the tab is open: no cookie, and nothing is sent.
 */
const HEARD = "torv-alerts-heard";
const HIDDEN = "torv-alerts-hidden";

export function enhanceAlerts(): void {
    const region = document.querySelector<HTMLElement>("[data-torv-alerts]");
    if (!region) return;

    const hidden = recall(HIDDEN);
    for (const alert of alertsOf(region)) {
        if (!("canBeHidden" in alert.dataset)) continue;
        if (hidden.includes(keyOf(alert))) alert.remove();
        else addButton(region, alert);
    }
    closeIfEmpty(region);
    sayNew(region);
}

function alertsOf(region: HTMLElement): HTMLElement[] {
    return [...region.querySelectorAll<HTMLElement>("[data-alert]")];
}

function keyOf(alert: HTMLElement): string {
    return alert.dataset["alert"] ?? "";
}

function closeIfEmpty(region: HTMLElement): void {
    region.hidden = alertsOf(region).length === 0;
}

function addButton(region: HTMLElement, alert: HTMLElement): void {
    const words = region.dataset["hide"];
    const heading = alert.querySelector(".torv-alert__heading");
    if (!words || !heading) return;

    const button = document.createElement("button");
    button.type = "button";
    button.className = "torv-alert__hide";
    button.textContent = words;
    const id = `torv-alert-${keyOf(alert)}`;
    heading.id = id;
    button.id = `${id}-hide`;
    button.setAttribute("aria-labelledby", `${button.id} ${id}`);
    button.addEventListener("click", () => hide(region, alert));
    alert.querySelector(".torv-alert__inner")?.append(button);
}

/** Whoever hides an alert goes on with the next one that can be hidden, else with the page itself. */
function hide(region: HTMLElement, alert: HTMLElement): void {
    remember(HIDDEN, keyOf(alert));
    const buttons = [...region.querySelectorAll<HTMLElement>(".torv-alert__hide")];
    const own = buttons.findIndex((button) => alert.contains(button));
    const next = buttons[own + 1] ?? buttons[own - 1] ?? document.getElementById("main");
    alert.remove();
    closeIfEmpty(region);
    next?.focus();
    say("[data-torv-alerts-status]", region.dataset["hidden"] ?? "");
}

/** Screen readers do not speak a live region that is full from the start, so its words come afterwards. */
function sayNew(region: HTMLElement): void {
    const heard = recall(HEARD);
    const fresh = alertsOf(region).filter((alert) => !heard.includes(keyOf(alert)));
    const urgent = fresh.filter((alert) => alert.dataset["level"] === "crisis");
    sayAlerts("[data-torv-alerts-urgent]", urgent);
    sayAlerts("[data-torv-alerts-status]", fresh.filter((alert) => !urgent.includes(alert)));
    for (const alert of fresh) remember(HEARD, keyOf(alert));
}

function sayAlerts(selector: string, alerts: HTMLElement[]): void {
    const place = document.querySelector(selector);
    for (const alert of alerts) {
        const heading = alert.querySelector(".torv-alert__heading > span");
        if (heading) place?.append(heading.cloneNode(true), " ");
    }
}

function say(selector: string, words: string): void {
    const place = document.querySelector(selector);
    if (place) place.textContent = words;
}

function recall(name: string): string[] {
    try {
        const kept: unknown = JSON.parse(sessionStorage.getItem(name) ?? "[]");
        return Array.isArray(kept) ? kept.map(String) : [];
    } catch {
        return []; // a browser that keeps nothing: alerts come again on the next page
    }
}

function remember(name: string, key: string): void {
    try {
        sessionStorage.setItem(name, JSON.stringify([...recall(name), key]));
    } catch {
        // as above
    }
}
