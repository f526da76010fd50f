// Writes the position of a place: found by its address, or chosen on a map that is loaded by the editor's click.
(() => {
    const DECIMALS = 5; // about a metre
    const TOWN = 13;
    const STREET = 16;
    const COUNTRY = 7;
    const isAsked = new Set();

    function field(box, name) {
        return box.closest("[data-inline-panel-child]").querySelector(`[name$="-${name}"]`);
    }

    // As the server reads it: both may stand in the first field, and a comma may be the decimal point.
    function given(box) {
        const text = field(box, "latitude").value.trim();
        const pointed = text.includes(".") ? text : text.replace(/(\d),(?=\d)/g, "$1.");
        const both = [...pointed.split(/[,;\s]+/), field(box, "longitude").value].filter(Boolean).map(Number);
        return both.length >= 2 && both.every(Number.isFinite) ? both.slice(0, 2) : null;
    }

    function say(box, text, values = {}) {
        const filled = text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
        box.querySelector("[data-torv-said]").textContent = filled;
    }

    function write(box, position, text, name = "") {
        const [latitude, longitude] = position.map((degrees) => String(Number(degrees.toFixed(DECIMALS))));
        for (const [key, value] of Object.entries({ latitude, longitude })) {
            const input = field(box, key);
            input.value = value;
            // The admin saves by itself what raises these.
            for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
        }
        say(box, text, { name, latitude, longitude });
    }

    async function ask(box) {
        const names = ["postal_code", "city", "country"];
        const query = new URLSearchParams(names.map((name) => [name, field(box, name).value]));
        const response = await fetch(`${box.dataset.torvPosition}?${query}`);
        if (!response.ok) throw new Error(response.statusText);
        return response.json();
    }

    async function find(box) {
        const { name, position } = await ask(box);
        const { unknown, found, replace } = box.dataset;
        if (!position) return say(box, unknown);
        if ((field(box, "latitude").value || field(box, "longitude").value) && !window.confirm(replace)) return;
        write(box, position, found, name);
    }

    async function choose(box) {
        let [position, zoom] = [given(box), STREET];
        if (position) box.dataset.set = "";
        else {
            const answer = await ask(box).catch(() => ({}));
            [position, zoom] = answer.position ? [answer.position, TOWN] : [answer.middle, COUNTRY];
        }
        box.dataset.start = JSON.stringify(position ? { position, zoom } : { position: [0, 0], zoom: 1 });
        box.dataset.wanted = "";
        load(box);
        box.dispatchEvent(new CustomEvent("torv:position", { bubbles: true })); // nobody hears it while that loads
    }

    // Once for all rows; the script draws those that are wanted.
    function load(box) {
        const { script, style, failed } = box.dataset;
        if (isAsked.has(script)) return;
        isAsked.add(script);
        const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
        const code = Object.assign(document.createElement("script"), { src: script });
        for (const part of [sheet, code])
            part.addEventListener("error", () => {
                isAsked.delete(script);
                say(box, failed);
            });
        sheet.addEventListener("load", () => document.head.append(code)); // which measures what that styles
        document.head.append(sheet);
    }

    document.addEventListener("click", (event) => {
        const button = event.target.closest("[data-torv-find], [data-torv-choose]");
        const box = button && button.closest("[data-torv-position]");
        if (!box) return;
        const work = "torvFind" in button.dataset ? find : choose;
        work(box).catch(() => say(box, box.dataset.broken));
    });

    document.addEventListener("torv:chosen", ({ target, detail }) => write(target, detail, target.dataset.chosen));

    // Numbers that are typed, or found by the address, move the marker.
    document.addEventListener("change", ({ target }) => {
        if (!/-(latitude|longitude)$/.test(target.name || "")) return;
        const row = target.closest("[data-inline-panel-child]");
        const box = row && row.querySelector("[data-torv-position]");
        const position = box && given(box);
        if (position) box.dispatchEvent(new CustomEvent("torv:given", { detail: position }));
    });
})();
