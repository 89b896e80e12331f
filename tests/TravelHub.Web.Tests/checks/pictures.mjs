// A picture of every page, light and dark, on a wide and a narrow screen, for somebody to look at: NAME-WIDTH-THEME.png in the folder that is named.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openBrowser, options, site, Themes, visit, Widths } from "./site.mjs";
import { tour } from "./tour.mjs";

const { values: { data, only }, positionals: [folder = "pictures"] } = options();
mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
try {
    for (const stop of (await tour(browser, site(data))).filter(stop => !only || stop.name.includes(only))) {
        for (const theme of Themes) {
            for (const width of Widths) {
                const page = await stop.context.newPage();
                await visit(page, stop, { theme, width });
                await page.screenshot({ path: join(folder, `${stop.name}-${width}-${theme}.png`), fullPage: true });
                await page.close();
            }
        }
    }
} finally {
    await browser.close();
}
