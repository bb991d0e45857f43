// Tells the server up to which post somebody has read: now and then while they read, and when they leave.
const EVERY = 10_000; // milliseconds

export function watchReading(posts) {
  const token = document.querySelector("#forum-actions [name='csrf_token']");
  let told = Number(posts.dataset.read);
  let seen = told;

  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      // The end of a long post counts, not its beginning.
      if (entry.isIntersecting && entry.boundingClientRect.bottom <= window.innerHeight + 8) {
        seen = Math.max(seen, Number(entry.target.dataset.number));
      }
    }
  }, { threshold: [0, 0.25, 0.5, 0.75, 1] });
  for (const post of posts.querySelectorAll("[data-number]")) watcher.observe(post);

  function tell() {
    if (seen <= told || !token) return;
    told = seen;
    const words = new FormData();
    words.set("csrf_token", token.value);
    words.set("first", posts.dataset.first);
    words.set("seen", String(seen));
    navigator.sendBeacon(`/forums/topics/${posts.dataset.topic}/read`, words);
  }

  setInterval(tell, EVERY);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") tell(); });
  window.addEventListener("pagehide", tell);
}
