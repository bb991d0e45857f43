// Keys for whoever reads a lot. They can be turned off, because speech input presses letters by accident (WCAG 2.1.4).
const OFF = "forum-keys-off";

export function watchKeys(posts, help) {
  let at = null;

  const isOff = () => localStorage.getItem(OFF) === "1";
  const all = () => [...posts.querySelectorAll(".app-post")];

  function go(post) {
    if (!post) return;
    if (at) at.classList.remove("app-post--at");
    at = post;
    at.classList.add("app-post--at");
    at.tabIndex = -1;
    at.focus({ preventScroll: true });
    at.scrollIntoView({ block: "start" });
  }

  function beside(step) {
    const list = all();
    if (at) return list[list.indexOf(at) + step];
    const first = list.findIndex((post) => post.getBoundingClientRect().bottom > 0);
    return list[step > 0 ? first : Math.max(first - 1, 0)];
  }

  function follow(selector) {
    const link = document.querySelector(selector);
    if (link) link.click();
  }

  const KEYS = {
    j: () => go(beside(1)),
    k: () => go(beside(-1)),
    u: () => {
      const line = document.getElementById("new");
      const link = document.querySelector("a[href$='#new']");
      if (line) go(line.nextElementSibling);
      else if (link) link.click();
    },
    r: () => {
      const box = document.querySelector("#reply textarea, textarea[name='body']");
      if (box) box.focus();
      else follow("a[data-key='r']");
    },
    n: () => follow("a[rel='next']"),
    p: () => follow("a[rel='prev']"),
    b: () => follow(".nhsuk-breadcrumb__list-item:last-child a"),
  };

  const link = document.createElement("button");
  link.type = "button";
  link.className = "app-link-button";
  posts.after(link);
  const name = () => { link.textContent = isOff() ? "Keys for this page (off)" : "Keys for this page"; };
  const show = () => {
    document.getElementById("keys-switch").textContent = isOff() ? "Turn the keys on" : "Turn the keys off";
    help.showModal();
  };
  name();
  link.addEventListener("click", show);
  help.addEventListener("close", () => {
    if (help.returnValue === "switch") localStorage.setItem(OFF, isOff() ? "0" : "1");
    help.returnValue = "";
    name();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "?" && !isOff()) show();
    else if (!isOff() && !event.shiftKey && Object.hasOwn(KEYS, event.key)) KEYS[event.key]();
    else return;
    event.preventDefault();
  });
}
