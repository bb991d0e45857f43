// Tells the server up to which post somebody has read: soon after they got there, and when they leave. Not only when they
// leave: a browser may drop what a page sends then.
const SETTLED = 2_000; // milliseconds

export function watchReading(posts) {
  const token = document.querySelector("#forum-actions [name='csrf_token']");
  const all = [...posts.querySelectorAll("[data-number]")];
  let told = Number(posts.dataset.read);
  let seen = told;
  let waits = false;
  let timer = null;

  // The end of a long post counts, not its beginning.
  function look() {
    waits = false;
    const last = all.findLast((post) => post.getBoundingClientRect().bottom <= window.innerHeight + 8);
    if (last) seen = Math.max(seen, Number(last.dataset.number));
    if (seen > told && timer === null) timer = setTimeout(tell, SETTLED);
  }

  function tell() {
    look();
    clearTimeout(timer);
    timer = null;
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
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") tell(); });
  window.addEventListener("pagehide", tell);
}
