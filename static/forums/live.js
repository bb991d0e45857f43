// "3 new replies" at the foot of the window: nothing moves until somebody asks for them.
const CLIENT = "../vendor/socket.io-client-4.8.4/socket.io.esm.min.js";

export function listen(posts, line) {
  const topic = Number(posts.dataset.topic);
  let known = Number(posts.dataset.newest);

  function tell(newest) {
    if (newest <= known) return;
    const count = newest - known;
    const link = document.createElement("a");
    const first = known + 1;
    link.href = `${line.dataset.address}?at=${first}#post-${first}`;
    link.textContent = `${count} new ${count === 1 ? "reply" : "replies"}: show ${count === 1 ? "it" : "them"}`;
    // The same page again: the browser would only jump to the anchor.
    link.addEventListener("click", (event) => {
      if (location.pathname + location.search !== new URL(link.href).pathname + new URL(link.href).search) return;
      event.preventDefault();
      location.hash = `post-${first}`;
      location.reload();
    });
    line.replaceChildren(link);
  }

  async function connect() {
    const { io } = await import(CLIENT);
    const socket = io({ transports: ["websocket", "polling"], reconnectionDelay: 2_000, reconnectionDelayMax: 60_000 });
    const open = () => socket.emit("topic:open", { topic }, (answer) => { if (answer && answer.ok) tell(answer.newest); });
    socket.on("connect", open);
    socket.on("topic:posts", (said) => { if (said.topic === topic) tell(said.newest); });
    // Signed out, suspended or removed: what is on the screen goes, too.
    socket.on("room:evicted", () => { socket.disconnect(); location.reload(); });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && socket.connected) open(); });
  }

  if ("requestIdleCallback" in window) requestIdleCallback(connect, { timeout: 5_000 });
  else setTimeout(connect, 2_000);
}
