// The site that runs, the machine's own browser, and the table that a check prints.
import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import puppeteer from "puppeteer-core";

const Client = fileURLToPath(new URL("../../../TravelHub.Client", import.meta.url));
const Names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome.exe"];

export const Themes = ["light", "dark"];
export const Widths = [1440, 390];

/** What the command line asks for; each check takes these options, and `only` to look at some of the pages. */
export function options(more = {}) {
    return parseArgs({ options: { data: { type: "string" }, only: { type: "string" }, ...more }, allowPositionals: true });
}

/** Address and keys of the instance that `up` runs. */
export function site(data) {
    const status = execFileSync(
        "dotnet", ["run", "--project", Client, "--no-build", "--", "status", "--json", ...(data ? ["--data", data] : [])], { encoding: "utf8" });
    const { url, keys } = JSON.parse(status);
    return { url: url.replace(/\/$/, ""), operatorKey: keys.operator };
}

export async function openBrowser() {
    // Only our own pages are looked at, and root has no sandbox. A quiet browser: what it fetches for itself is no part of the measure.
    return puppeteer.launch({
        executablePath: chromium(),
        args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        protocolTimeout: 240_000,
    });
}

function chromium() {
    const places = (process.env.PATH ?? "").split(delimiter).flatMap(folder => Names.map(name => join(folder, name)));
    const found = [process.env.CHROME_PATH, ...places].find(isProgram);
    if (!found) throw new Error(`The checks need Chromium: set CHROME_PATH, or install it so that one of ${Names.join(", ")} is on the PATH.`);
    return found;
}

function isProgram(path) {
    try {
        accessSync(path, constants.X_OK);
        return true;
    } catch {
        return false;
    }
}

/** Loads a stop of the tour as somebody with this screen sees it, and waits until all of it is there. */
export async function visit(page, stop, { theme, width }) {
    await page.setViewport({ width, height: width > 600 ? 900 : 844 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
    await page.goto(stop.url, { waitUntil: "load", timeout: 120_000 });
    await page.waitForSelector(stop.ready, { timeout: 120_000 });
}

export function print(heads, rows) {
    const all = [heads, ...rows].map(row => row.map(String));
    const widths = heads.map((_, column) => Math.max(...all.map(row => row[column].length)));
    for (const row of all) console.log(row.map((cell, column) => column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])).join("  "));
}
