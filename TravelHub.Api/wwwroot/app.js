// The little that the pages cannot do without a script: switching the theme, sending filters as they change, saying that a form is on its way, and trying
// again what had no answer.
const root = document.documentElement;

function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

document.addEventListener("click", event => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    root.dataset.theme = isDark() ? "light" : "dark";
    document.cookie = `th_theme=${root.dataset.theme};path=/;max-age=34560000;samesite=lax`;
});

document.addEventListener("change", event => {
    const form = event.target.closest("form[data-auto]");
    if (form?.checkValidity()) form.requestSubmit();
});

document.addEventListener("submit", event => {
    const button = event.target.matches("form[data-busy]") && event.target.querySelector("[data-busy-text]");
    if (!button) return;
    if (button.getAttribute("aria-disabled") === "true") {
        event.preventDefault();
        return;
    }
    button.dataset.idleText = button.textContent;
    button.textContent = button.dataset.busyText;
    button.setAttribute("aria-disabled", "true");
}, true);

// A page that answers with the same form gets its button back.
window.Blazor?.addEventListener("enhancedload", () => {
    for (const button of document.querySelectorAll("[data-idle-text]")) {
        if (button.textContent === button.dataset.busyText) button.textContent = button.dataset.idleText;
        button.removeAttribute("aria-disabled");
        delete button.dataset.idleText;
    }
});

// What had no answer is asked for again while somebody looks: the page tells how it went without being loaded by hand.
setInterval(() => {
    const again = document.hidden ? null : document.querySelector("a[data-retry]");
    if (again) window.Blazor?.navigateTo(again.href, { replaceHistoryEntry: true });
}, 5_000);
