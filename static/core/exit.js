// The way out for somebody who is being watched. Without this script it is a plain link; with it the page goes blank
// at once, the Back button does not return to it, and pressing Shift three times leaves as well.

const PRESSES = 3;
const WITHIN_MS = 5000;

export function watchExits(root) {
  for (const exit of root.querySelectorAll("[data-module='app-exit']")) watch(exit);
}

function watch(exit) {
  const link = exit.querySelector("a");
  const status = exit.querySelector("[role='status']");
  let presses = 0;
  let alone = false;
  let timer;

  exit.querySelector(".app-exit__hint").hidden = false;

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link.href);
  });

  const forget = () => {
    presses = 0;
    status.textContent = "";
  };

  // Shift counts only when it is pressed by itself: capital letters are not a call for help.
  document.addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && !event.repeat;
    if (event.key !== "Shift") forget();
  });

  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    presses += 1;
    clearTimeout(timer);
    timer = setTimeout(forget, WITHIN_MS);
    const left = PRESSES - presses;
    if (left <= 0) leave(link.href);
    else status.textContent = left === 1 ? "Shift, press once more to leave this page." : `Shift, press ${left} more times to leave this page.`;
  });
}

function leave(address) {
  document.documentElement.classList.add("app-leaving");
  document.title = "Loading";
  // While the other site is slow to come, the address bar already says nothing.
  history.replaceState(null, "", "/");
  location.replace(address);
}

// A browser that keeps pages in memory must not show a blank one to somebody who comes back.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.documentElement.classList.remove("app-leaving");
});
