// The little that the pages cannot do without a script: switching the theme, sending filters as they change, saying that a form is on its way, trying
// again what had no answer, and beginning anew where a live page has lost its other half.
const root = document.documentElement;

function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

document.addEventListener("click", event => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    root.dataset.theme = isDark() ? "light" : "dark";
    document.cookie = `th_theme=${root.dataset.theme};path=/;max-age=34560000;samesite=lax`;
});

// What is typed changes with each key, days and numbers too: that is sent by hand.
document.addEventListener("change", event => {
    const form = event.target.matches("select, [type=checkbox]") && event.target.closest("form[data-auto]");
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
    clearTimeout(noAnswer);
    noAnswer = setTimeout(sayNoAnswer, longestAnswer, button);
}, true);

// Longer than the gateway tries. A connection that broke tells nothing; the form with its key and all that was written in it stays as it is.
const longestAnswer = 25_000;
let noAnswer;

function sayNoAnswer(button) {
    if (!button.isConnected || button.getAttribute("aria-disabled") !== "true") return;
    free(button);
    button.before(document.getElementById("busy-no-answer").content.cloneNode(true));
}

function free(button) {
    if (button.textContent === button.dataset.busyText) button.textContent = button.dataset.idleText;
    button.removeAttribute("aria-disabled");
    delete button.dataset.idleText;
}

// What a visitor has begun goes before what the page does by itself: a click is not overtaken, and what is being written is not taken away.
let loadingSince = -Infinity;
let isEdited = false;

const beginLoading = () => loadingSince = performance.now();
document.addEventListener("click", event => event.target.closest("a[href]") && beginLoading());
document.addEventListener("submit", beginLoading);
document.addEventListener("input", () => isEdited = true);

// A page that answers with the same form gets its button back.
window.Blazor?.addEventListener("enhancedload", () => {
    [loadingSince, isEdited] = [-Infinity, false];
    document.querySelectorAll("[data-idle-text]").forEach(free);
});

// What had no answer is asked for again while somebody looks: the page tells how it went without being loaded by hand.
setInterval(() => {
    const isLoading = performance.now() - loadingSince < longestAnswer;
    const again = document.hidden || isLoading || isEdited ? null : document.querySelector("a[data-retry]");
    if (!again) return;
    beginLoading();
    window.Blazor?.navigateTo(again.href, { replaceHistoryEntry: true });
}, 5_000);

// Whoever comes back after the gateway was started anew finds nobody who knows of him: the page begins anew.
document.getElementById("components-reconnect-modal")?.addEventListener("components-reconnect-state-changed", event => {
    if (["rejected", "resume-failed"].includes(event.detail.state)) location.reload();
});

document.addEventListener("click", event => {
    if (!event.target.closest("[data-reload]")) return;
    event.preventDefault();
    location.reload();
});
