/**
 * A search field that offers what it may lead to, after the ARIA pattern of an editable combobox with a list.
 * The form works without it. `data-torv-combobox` is an address that answers `?q=…` with
 * `{"suggestions": [{"label", "url", "lang"?, "hint"?}]}`; choosing one goes to its `url`, Enter without a choice
 * sends the form. The words it says come from data attributes, so that they are translated: `data-list-label`,
 * `data-none-label`, `data-one-label`, and `data-many-label` with `{count}` in it.
 */
interface Suggestion {
    label: string;
    url: string;
    lang?: string;
    hint?: string;
}

const SHORTEST = 2;
const PAUSE = 150; // milliseconds after the last key
let lists = 0;

export function enhanceComboboxes(): void {
    for (const field of document.querySelectorAll<HTMLInputElement>("input[data-torv-combobox]")) {
        new Combobox(field);
    }
}

class Combobox {
    private readonly list = document.createElement("ul");
    private readonly status = document.createElement("p");
    private active = -1;
    private timer = 0;
    private request: AbortController | null = null;

    constructor(private readonly field: HTMLInputElement) {
        this.list.id = `torv-combobox-${++lists}`;
        this.list.className = "torv-combobox__list";
        this.list.setAttribute("role", "listbox");
        this.list.setAttribute("aria-label", field.dataset["listLabel"] ?? "");
        this.list.hidden = true;
        this.status.className = "torv-combobox__status sr-only";
        this.status.setAttribute("role", "status");
        field.setAttribute("role", "combobox");
        field.setAttribute("aria-autocomplete", "list");
        field.setAttribute("aria-controls", this.list.id);
        field.setAttribute("aria-expanded", "false");
        field.parentElement?.classList.add("torv-combobox");
        field.parentElement?.append(this.list, this.status);
        field.addEventListener("input", () => this.wait());
        field.addEventListener("keydown", (event) => this.key(event));
        // Late enough for a press on a suggestion to count.
        field.addEventListener("blur", () => window.setTimeout(() => this.close(), PAUSE));
        this.list.addEventListener("mousedown", (event) => event.preventDefault());
    }

    private get options(): HTMLElement[] {
        return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
    }

    private wait(): void {
        window.clearTimeout(this.timer);
        this.request?.abort();
        const text = this.field.value.trim();
        if (text.length < SHORTEST) return this.close();
        this.timer = window.setTimeout(() => void this.ask(text), PAUSE);
    }

    private async ask(text: string): Promise<void> {
        const address = new URL(this.field.dataset["torvCombobox"] ?? "", location.href);
        address.searchParams.set("q", text);
        this.request = new AbortController();
        try {
            const answer = await fetch(address, { signal: this.request.signal, credentials: "omit" });
            if (!answer.ok) return this.close();
            const { suggestions } = (await answer.json()) as { suggestions: Suggestion[] };
            if (document.activeElement === this.field) this.show(suggestions);
        } catch {
            this.close(); // another key was pressed, or there is no connection: the form still works
        }
    }

    private show(suggestions: Suggestion[]): void {
        this.list.replaceChildren(...suggestions.map((suggestion, index) => this.option(suggestion, index)));
        this.activate(-1);
        this.open(suggestions.length > 0);
        const { noneLabel = "", oneLabel = "", manyLabel = "" } = this.field.dataset;
        const counted = suggestions.length === 1 ? oneLabel : manyLabel;
        this.status.textContent = suggestions.length
            ? counted.replace("{count}", String(suggestions.length))
            : noneLabel;
    }

    private option({ label, url, lang, hint }: Suggestion, index: number): HTMLElement {
        const option = document.createElement("li");
        option.id = `${this.list.id}-${index}`;
        option.className = "torv-combobox__option";
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset["url"] = url;
        const name = document.createElement("span");
        name.textContent = label;
        if (lang) name.lang = lang;
        option.append(name);
        if (hint) {
            const word = document.createElement("span");
            word.className = "torv-combobox__hint";
            word.textContent = ` (${hint})`;
            option.append(word);
        }
        option.addEventListener("click", () => this.go(option));
        return option;
    }

    private key(event: KeyboardEvent): void {
        const last = this.options.length - 1;
        if (event.key === "Escape" && !this.list.hidden) {
            event.preventDefault(); // the first press closes the list, the next one empties the field
            this.close();
        } else if (event.key === "Enter") {
            const chosen = this.options[this.active];
            if (!chosen || this.list.hidden) return;
            event.preventDefault();
            this.go(chosen);
        } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && last >= 0) {
            event.preventDefault();
            this.open(true);
            const step = event.key === "ArrowDown" ? 1 : -1;
            const next = this.active + step;
            this.activate(next > last ? -1 : next < -1 ? last : next);
        }
    }

    /** -1 is the field itself. */
    private activate(index: number): void {
        this.active = index;
        this.options.forEach((option, position) => {
            option.setAttribute("aria-selected", String(position === index));
            if (position === index) option.scrollIntoView({ block: "nearest" });
        });
        const chosen = this.options[index];
        if (chosen) this.field.setAttribute("aria-activedescendant", chosen.id);
        else this.field.removeAttribute("aria-activedescendant");
    }

    private open(isOpen: boolean): void {
        this.list.hidden = !isOpen;
        this.field.setAttribute("aria-expanded", String(isOpen));
    }

    private close(): void {
        this.open(false);
        this.activate(-1);
        this.status.textContent = "";
    }

    private go(option: HTMLElement): void {
        const url = option.dataset["url"];
        if (url) location.assign(url);
    }
}
