/**
 * The menu on small screens. Without script its opener is a link to the menu, which CSS shows as the page's
 * target; with script the link becomes a button that says whether the menu is open.
 */
export function enhanceMenu(): void {
    const opener = document.querySelector<HTMLAnchorElement>("[data-torv-menu]");
    const menu = document.getElementById("torv-menu");
    if (!opener || !menu) return;

    const button = toButton(opener);
    const show = (open: boolean): void => {
        menu.classList.toggle("torv-nav--open", open);
        button.setAttribute("aria-expanded", String(open));
    };
    button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
    document.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || button.getAttribute("aria-expanded") !== "true") return;
        show(false);
        button.focus();
    });
    menu.classList.add("torv-nav--scripted");
    show(false);
}

function toButton(link: HTMLAnchorElement): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.append(...link.childNodes);
    button.setAttribute("aria-controls", "torv-menu");
    link.replaceWith(button);
    return button;
}
