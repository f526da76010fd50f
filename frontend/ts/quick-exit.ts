/**
 * The button that leaves a page about a sensitive topic. Without script it is a plain link. With script the other
 * site takes this page's place in the history, so that "back" does not show it again, and three presses of Escape
 * within two seconds do the same. The page is emptied at once, because the other site may be slow.
 */
const PRESSES = 3;
const WITHIN = 2000; // milliseconds

export function enhanceQuickExit(): void {
    const link = document.querySelector<HTMLAnchorElement>("a[data-torv-quick-exit]");
    if (!link) return;

    const leave = (): void => {
        document.body.hidden = true;
        document.title = "";
        location.replace(link.href);
    };
    link.addEventListener("click", (event) => {
        event.preventDefault();
        leave();
    });
    let presses: number[] = [];
    document.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || event.repeat) return;
        presses = [...presses.filter((time) => event.timeStamp - time < WITHIN), event.timeStamp];
        if (presses.length >= PRESSES) leave();
    });
    // A page that the browser kept in memory must not come back empty.
    window.addEventListener("pageshow", () => {
        document.body.hidden = false;
    });
}
