/** Videos on other websites: their picture is a button, and only a click loads the player in its place. */
export function enhanceVideos(): void {
    for (const block of document.querySelectorAll<HTMLElement>("[data-video]")) {
        const frame = block.querySelector<HTMLElement>(".torv-video__frame");
        const button = block.querySelector<HTMLButtonElement>(".torv-video__play");
        const consent = block.querySelector<HTMLElement>(".torv-video__consent");
        if (!frame || !button || !consent) continue;
        consent.hidden = button.hidden = false;
        consent.id ||= `torv-video-${Math.random().toString(36).slice(2)}`;
        button.setAttribute("aria-describedby", consent.id);
        button.addEventListener("click", () => play(block, frame, consent), { once: true });
    }
}

function play(block: HTMLElement, frame: HTMLElement, consent: HTMLElement): void {
    const player = document.createElement("iframe");
    player.src = block.dataset["video"] ?? "";
    player.title = block.dataset["title"] ?? "";
    player.allow = "autoplay; fullscreen; picture-in-picture";
    // Some players refuse a page that does not say where it stands; more than its origin they do not learn.
    player.referrerPolicy = "strict-origin-when-cross-origin";
    frame.replaceChildren(player);
    consent.remove();
    player.focus();
}
