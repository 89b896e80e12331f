// Every page with Lighthouse's desktop preset. Three times, and the middle counts; once more in the dark for what does not depend on speed. Exit code 1 when
// one misses: accessibility, best practices and SEO 100, at most 250 KiB at the first load, no shift, and on booking pages performance 95.
import lighthouse, { desktopConfig } from "lighthouse";
import { openBrowser, options, print, site } from "./site.mjs";
import { tour } from "./tour.mjs";

const MostKib = 250;
const LeastPerformance = 95;
const Judged = ["accessibility", "best-practices", "seo"];
// Search engines are asked to leave these out, which the one audit counts as a fault.
const Private = ["is-crawlable"];

const { values: { data, only, runs } } = options({ runs: { type: "string", default: "3" } });
const browser = await openBrowser();
const [rows, misses] = [[], []];
try {
    const stops = (await tour(browser, site(data))).filter(stop => !stop.isMissing && (!only || stop.name.includes(only)));   // a 404 is a fault to it
    for (const stop of stops) {
        const light = [];
        for (let run = 0; run < (stop.isBooking ? Number(runs) : 1); run++) light.push(await measure(stop, "light"));
        const dark = await measure(stop, "dark");
        rows.push(judge(stop, light, dark));
        console.error(rows.at(-1).join("  "));   // it takes minutes
    }
} finally {
    await browser.close();
}

print(["page", "performance", "accessibility", "best practices", "SEO", "KiB", "LCP ms", "shift"], rows);
for (const miss of misses) console.log(miss);
process.exitCode = misses.length > 0 || rows.length === 0 ? 1 : 0;

/** A row; what is not as it should be goes to the misses. */
function judge(stop, light, dark) {
    const [performance, lcp] = [median(light.map(one => one.performance)), median(light.map(one => one.lcp))];
    const kib = Math.max(...light.map(one => one.kib));
    const shift = Math.max(...light.map(one => one.shift));
    const least = Judged.map(category => Math.min(...[...light, dark].map(one => one[category])));
    if (stop.isBooking && performance < LeastPerformance) misses.push(`${stop.name}: performance ${performance} of ${LeastPerformance}`);
    if (kib > MostKib) misses.push(`${stop.name}: ${kib} KiB of ${MostKib}`);
    if (shift >= 0.005) misses.push(`${stop.name}: its layout shifts by ${shift}`);
    for (const one of [...light, dark]) misses.push(...one.failed.map(audit => `${stop.name}, ${one.theme}: ${audit}`));
    return [stop.name, performance, ...least, kib, Math.round(lcp), shift.toFixed(3)];
}

/** A first visit as Lighthouse sees it: nothing is in the cache. */
async function measure(stop, theme) {
    const page = await stop.context.newPage();
    try {
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
        const flags = { logLevel: "error", skipAudits: stop.isPrivate ? Private : null, maxWaitForLoad: 60_000 };
        const { lhr } = await lighthouse(stop.url, flags, desktopConfig, page);
        if (lhr.runtimeError) throw new Error(`${stop.name}: ${lhr.runtimeError.message}`);
        const score = category => Math.round((lhr.categories[category].score ?? 0) * 100);
        const figure = audit => lhr.audits[audit].numericValue ?? 0;
        return {
            theme, performance: score("performance"), ...Object.fromEntries(Judged.map(category => [category, score(category)])),
            kib: Math.ceil(figure("total-byte-weight") / 1024), lcp: figure("largest-contentful-paint"), shift: figure("cumulative-layout-shift"),
            failed: Judged.flatMap(category => failedOf(lhr, category)),
        };
    } finally {
        await page.close();
    }
}

function failedOf(lhr, category) {
    return lhr.categories[category].auditRefs.filter(({ id, weight }) => weight > 0 && lhr.audits[id]?.score !== null && lhr.audits[id]?.score < 1)
        .map(({ id }) => `${category} ${lhr.categories[category].score * 100}: ${lhr.audits[id].title}`);
}

function median(figures) {
    return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)];
}
