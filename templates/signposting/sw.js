// Keeps one page, the crisis page, so that its numbers are there without a network. It keeps nothing of anybody: the page
// is fetched as a visitor who sends no cookies. All else goes to the network as if this worker were not there.

const PAGE = {{ url_for("signposting.now")|tojson }};
const FILES = {{ files|tojson }};
const KEPT = "crisis-page-" + {{ (files|first).split("/")[2]|tojson }};
const FRESH_MS = 6 * 60 * 60 * 1000;
let looking = false;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(KEPT)
      .then((cache) => Promise.all([cache.addAll(FILES), keepPage(cache)]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)))),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.mode === "navigate" && (request.method === "GET" || path.startsWith("/support/"))) {
    event.respondWith(
      fetch(request).catch(async (lost) => (await caches.match(PAGE)) ?? Promise.reject(lost)),
    );
    event.waitUntil(refresh());
  } else if (FILES.includes(path)) {
    event.respondWith(caches.match(path).then((kept) => kept ?? fetch(request)));
  }
});

async function keepPage(cache) {
  const page = await fetch(PAGE, { credentials: "omit", cache: "reload" });
  if (page.ok && !page.redirected) await cache.put(PAGE, page);
  else if (!(await cache.match(PAGE))) throw new Error("the crisis page could not be fetched");
}

// Numbers change: a page that is some hours old is fetched again, and kept when that fails.
async function refresh() {
  if (looking) return;
  looking = true;
  try {
    const cache = await caches.open(KEPT);
    const kept = await cache.match(PAGE);
    const age = kept ? Date.now() - Date.parse(kept.headers.get("Date") ?? "") : Infinity;
    if (!(age < FRESH_MS)) await keepPage(cache);
  } catch {
    // No network: what is kept stays.
  } finally {
    looking = false;
  }
}
