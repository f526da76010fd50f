/** Buttons that print the page; hidden where there is no script, as every browser can print by itself. */
export function enhancePrintButtons(): void {
    for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-print]")) {
        button.hidden = false;
        button.addEventListener("click", () => window.print());
    }
}
