/**
 * A button that fills in the reader's own position. The browser asks the reader first; the position is rounded
 * to two decimals, about a kilometre, before it goes anywhere.
 */
const DECIMALS = 2;

export function enhanceNearMe(): void {
    if (!("geolocation" in navigator) || !window.isSecureContext) return;
    for (const fields of document.querySelectorAll<HTMLElement>("[data-near]")) addButton(fields);
}

function addButton(fields: HTMLElement): void {
    const { nearLabel, nearWait, nearRefused } = fields.dataset;
    const input = fields.querySelector<HTMLInputElement>("input[name=near]");
    if (!input || !nearLabel) return;

    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-secondary torv-near__me";
    button.textContent = nearLabel;
    const message = document.createElement("p");
    message.className = "torv-near__message";
    message.setAttribute("role", "status");
    input.closest(".torv-near__field")?.after(button);
    fields.after(message);

    button.addEventListener("click", () => {
        message.textContent = nearWait ?? "";
        navigator.geolocation.getCurrentPosition(
            ({ coords }) => {
                input.value = `${coords.latitude.toFixed(DECIMALS)},${coords.longitude.toFixed(DECIMALS)}`;
                message.textContent = "";
                input.form?.requestSubmit();
            },
            () => {
                message.textContent = nearRefused ?? "";
                input.focus();
            },
            { maximumAge: 600_000, timeout: 15_000 },
        );
    });
}
