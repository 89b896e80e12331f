// Every page with pa11y's two runners, light and dark, on a wide and a narrow screen; and whether it fits the screen. Exit code 1 when one has an error.
import { openBrowser, options, print, site, Themes, visit, Widths } from "./site.mjs";
import { tour } from "./tour.mjs";

const { default: pa11y } = await import("pa11y");   // after the browser's driver, which it loads in a way of its own
const { values: { data, only } } = options();
const browser = await openBrowser();
const found = [];
const rows = [];
try {
    for (const stop of (await tour(browser, site(data))).filter(stop => !only || stop.name.includes(only))) {
        const counts = [];
        for (const theme of Themes) {
            for (const width of Widths) {
                const issues = await look(stop, { theme, width });
                counts.push(issues.length);
                found.push(...issues.map(issue => ({ ...issue, where: `${stop.name}, ${theme}, ${width} px` })));
            }
        }
        rows.push([stop.name, ...counts]);
    }
} finally {
    await browser.close();
}

print(["page, errors", ...Themes.flatMap(theme => Widths.map(width => `${theme} ${width} px`))], rows);
for (const { where, code, message, selector, context } of found) console.log(`\n${where}: ${message}\n  ${code}\n  ${selector}\n  ${context}`);
console.log(`\n${found.length} errors on ${rows.length} pages`);
process.exitCode = found.length > 0 || rows.length === 0 ? 1 : 0;

async function look(stop, screen) {
    const page = await stop.context.newPage();
    try {
        await visit(page, stop, screen);
        const { issues } = await pa11y(stop.url, {
            browser, page, ignoreUrl: true, runners: ["axe", "htmlcs"], standard: "WCAG2AA", timeout: 120_000, viewport: page.viewport(),
            levelCapWhenNeedsReview: "warning",   // what axe cannot judge, such as letters above a picture, is no finding of it; the other runner judges that
        });
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        const overflow = { code: "overflow", message: `The page is ${beyond} px wider than the screen.`, selector: "html", context: "" };
        return [...issues.filter(issue => issue.type === "error"), ...(beyond > 0 ? [overflow] : [])];
    } finally {
        await page.close();
    }
}
