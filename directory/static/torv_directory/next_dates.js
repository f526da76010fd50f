// Shows the next dates of a meeting time while an editor types; without it they are shown after saving.
(() => {
    const waiting = new WeakMap();

    function values(form, prefix) {
        const query = new URLSearchParams();
        for (const field of form.querySelectorAll(`[name^="${prefix}-"]`)) {
            const isChosen = !["checkbox", "radio"].includes(field.type) || field.checked;
            if (isChosen) query.append(field.name.slice(prefix.length + 1), field.value);
        }
        return query;
    }

    async function refresh(box, form, prefix) {
        const response = await fetch(`${box.dataset.torvNextDates}?${values(form, prefix)}`);
        if (!response.ok) return;
        const { errors, words, dates } = await response.json();
        box.querySelector("[data-torv-words]").textContent = words || Object.values(errors).flat().join(" ");
        const items = dates.map((date) => Object.assign(document.createElement("li"), { textContent: date }));
        box.querySelector("[data-torv-dates]").replaceChildren(...items);
    }

    function changed(event) {
        const found = /^schedules-\d+/.exec(event.target.name || "");
        const form = found && document.getElementById(`inline_child_${found[0]}`);
        const box = form && form.querySelector("[data-torv-next-dates]");
        if (!box) return;
        clearTimeout(waiting.get(box));
        waiting.set(box, setTimeout(() => refresh(box, form, found[0]).catch(() => {}), 300));
    }

    document.addEventListener("input", changed);
    document.addEventListener("change", changed);
    document.addEventListener("focusout", changed); // the calendar's own choices raise no event of the browser
})();
