// One key for each decision, the seconds that are left to undo one, and canned replies that are put into the form.
// Every page works without this.

const SWITCH = "moderation-keys";
const SECOND = 1000;

const typing = (target) => target.closest("input:not([type='checkbox']):not([type='radio']), textarea, select, [contenteditable]");

function keysAreOn() {
  return localStorage.getItem(SWITCH) !== "off";
}

function show(on) {
  document.documentElement.classList.toggle("app-with-keys", on);
}

function listen() {
  document.addEventListener("keydown", (event) => {
    if (!keysAreOn() || event.repeat || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!wanted) return;
    event.preventDefault();
    if (wanted instanceof HTMLDetailsElement) wanted.open = !wanted.open;
    else wanted.click();
  });
}

// A key alone is no way in for whoever speaks to their computer: it can be turned off (WCAG 2.1.4).
function offerSwitch() {
  const box = document.querySelector("[data-keys-switch]");
  if (!box) return;
  box.closest(".app-keys").hidden = false;
  box.checked = keysAreOn();
  box.addEventListener("change", () => {
    localStorage.setItem(SWITCH, box.checked ? "on" : "off");
    show(box.checked);
  });
}

function countDown(bar) {
  const until = Date.parse(bar.dataset.until);
  const words = bar.querySelector(".app-undo__left");
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / SECOND);
    if (left <= 0) {
      bar.remove();
      return;
    }
    words.textContent = `You can undo it for ${left} second${left === 1 ? "" : "s"}.`;
    setTimeout(tick, SECOND);
  };
  // Said once and then only shown: a screen reader does not count aloud.
  bar.setAttribute("aria-live", "off");
  tick();
}

function offerReplies() {
  const words = document.querySelector("textarea[name='words']");
  if (!words) return;
  for (const reply of document.querySelectorAll("[data-reply]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "nhsuk-button nhsuk-button--secondary nhsuk-button--small";
    button.textContent = "Use these words";
    button.addEventListener("click", () => {
      words.value = reply.textContent;
      words.focus();
    });
    reply.after(button);
  }
}

show(keysAreOn());
listen();
offerSwitch();
offerReplies();
for (const bar of document.querySelectorAll("[data-until]")) countDown(bar);
