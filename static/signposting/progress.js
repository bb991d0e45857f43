// While an import is at work, the page looks again by itself; without this script there is a link.
const again = document.querySelector("[data-progress]");
if (again) setTimeout(() => location.replace(again.href), 1500);
