// Tells the server up to which post somebody has read: now and then while they read, and when they leave.
const EVERY = 10_000; // milliseconds

export function watchReading(posts) {
  const token = document.querySelector("#forum-actions [name='csrf_token']");
  const all = [...posts.querySelectorAll("[data-number]")];
  let told = Number(posts.dataset.read);
  let seen = told;
  let waits = false;

  // The end of a long post counts, not its beginning.
  function look() {
    waits = false;
    const last = all.findLast((post) => post.getBoundingClientRect().bottom <= window.innerHeight + 8);
    if (last) seen = Math.max(seen, Number(last.dataset.number));
  }

  function tell() {
    look();
    if (seen <= told || !token) return;
    told = seen;
    const words = new FormData();
    words.set("csrf_token", token.value);
    words.set("first", posts.dataset.first);
    words.set("seen", String(seen));
    navigator.sendBeacon(`/forums/topics/${posts.dataset.topic}/read`, words);
  }

  look();
  document.addEventListener("scroll", () => {
    if (!waits) requestAnimationFrame(look);
    waits = true;
  }, { passive: true });
  setInterval(tell, EVERY);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") tell(); });
  window.addEventListener("pagehide", tell);
}
