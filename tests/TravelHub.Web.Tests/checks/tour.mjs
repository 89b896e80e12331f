// Every page of the site, in each state that a visitor can bring about. Books some rooms of the sandbox on the way.
const Missing = "00000000-0000-4000-8000-000000000000";

/**
 * @returns The stops: name, url, the browser context that has to look at it, what is there once all is drawn, and whether it is a booking page (which has to
 * be fast) or a private one (which search engines are asked to leave out).
 */
export async function tour(browser, { url, operatorKey }) {
    const guest = await browser.createBrowserContext();
    const stranger = await browser.createBrowserContext();
    const crew = await browser.createBrowserContext();
    const page = await guest.newPage();
    page.setDefaultTimeout(120_000);

    await page.goto(url);
    const stays = await hrefOf(page, ".place a");
    await page.goto(stays);
    const [house, checkout] = [await hrefOf(page, ".stay h2 a"), await hrefOf(page, ".room a.button")];
    const held = [];
    for (const _ of ["confirmed", "cancelled", "declined", "held"]) held.push(await hold(page, checkout));
    const [confirmed, cancelled, declined, kept] = held;
    await pay(page, confirmed, "tok_ok", "You are going!");
    await pay(page, declined, "tok_declined", "The card was declined");
    await cancel(page, cancelled);
    await signIn(await crew.newPage(), url, operatorKey);
    await page.goto(`${url}/lab`);
    const report = await page.$eval(".lab table a", a => a.href).catch(() => null);   // none before the first run
    await page.close();

    const open = (name, address, more) => ({ name, url: address, context: guest, ready: "h1", ...more });
    return [
        open("home", `${url}/`, { isBooking: true, ready: ".place a" }),
        open("stays", stays, { isBooking: true, ready: ".stay" }),
        open("stays-none", `${url}/stays?destination=nowhere-at-all`, { ready: ".empty" }),
        open("stays-no-fit", `${stays}&most=1`, { ready: ".empty" }),
        open("stays-wrong", `${url}/stays?destination=&checkIn=2020-01-02&checkOut=2020-01-01`, { ready: ".notice" }),
        open("house", house, { isBooking: true, ready: ".month" }),
        open("house-wrong", `${house.split("?")[0]}?checkIn=2020-01-02&checkOut=2020-01-01`, { ready: ".notice" }),
        open("house-missing", `${url}/stays/no-such-house`, { isMissing: true }),
        open("checkout", checkout, { isBooking: true, isPrivate: true, ready: "#email" }),
        open("checkout-gone", checkout.replace(/room=[^&]*/, "room=NONE"), { isPrivate: true }),
        open("trip-held", kept, { isBooking: true, isPrivate: true, ready: ".timer" }),
        open("trip-declined", declined, { isPrivate: true, ready: ".timer" }),
        open("trip-confirmed", confirmed, { isBooking: true, isPrivate: true }),
        open("trip-cancel", `${confirmed}/cancel`, { isPrivate: true }),
        open("trip-cancelled", cancelled, { isPrivate: true }),
        open("trip-missing", `${url}/trips/${Missing}`, { isPrivate: true, isMissing: true }),
        open("trips", `${url}/trips`, { isBooking: true, ready: ".trip-body" }),
        open("trips-none", `${url}/trips`, { context: stranger, ready: ".empty" }),
        open("sign-in", `${url}/sign-in`, { ready: "#key" }),
        open("console", `${url}/ops`, { context: crew, ready: ".console:has(.charts):has(.figures):has(#replicas ~ * tr):has(#detectors ~ * tr):has(#activity ~ ul)" }),
        open("lab", `${url}/lab`),
        ...(report ? [open("report", report)] : []),
        open("missing", `${url}/no-such-page`, { isMissing: true }),
    ];
}

async function hrefOf(page, selector) {
    await page.waitForSelector(selector);
    return page.$eval(selector, a => a.href);
}

async function hold(page, checkout) {
    await page.goto(checkout);
    await page.waitForSelector("#email");
    await page.type("#name", "Ada Byron");
    await page.type("#email", "ada@example.com");
    await page.click("form[data-busy] button");
    await page.waitForFunction(() => location.pathname.startsWith("/trips/"));
    return page.url();
}

async function pay(page, trip, token, title) {
    await page.goto(trip);
    await page.click(`input[value="${token}"]`);
    await page.click("form[data-busy] button");
    await page.waitForFunction(text => document.querySelector("h1")?.textContent === text, {}, title);
}

async function cancel(page, trip) {
    await page.goto(`${trip}/cancel`);
    await page.click("form[data-busy] button");
    await page.waitForFunction(() => document.querySelector("h1")?.textContent === "This trip is cancelled");
}

async function signIn(page, url, key) {
    await page.goto(`${url}/sign-in`);
    await page.type("#key", key);
    await Promise.all([page.waitForNavigation(), page.click("main form button")]);
    await page.close();
}
