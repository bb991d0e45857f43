// Every page works without this: it adds what a script can add.
import * as nhs from "../vendor/nhsuk-frontend-10.6.1/nhsuk-frontend.min.js";
import { watchExits } from "./exit.js";

// FileUpload is left out: the browser's own file input is named rightly for screen readers, its replacement is not.
const COMPONENTS = [
  nhs.Button,
  nhs.CharacterCount,
  nhs.Checkboxes,
  nhs.ErrorSummary,
  nhs.Header,
  nhs.NotificationBanner,
  nhs.PasswordInput,
  nhs.Radios,
  nhs.SkipLink,
  nhs.Table,
  nhs.Tabs,
];

// A radio button may not have aria-expanded (a checkbox may); the question it opens follows it in reading order.
function mendRadios() {
  for (const radio of document.querySelectorAll("input[type='radio'][aria-expanded]")) radio.removeAttribute("aria-expanded");
}

// What a feature keeps for when there is no network; where the browser does not, all else works as ever.
function startWorker() {
  const address = document.querySelector("meta[name='app-worker']")?.content;
  if (address && "serviceWorker" in navigator) navigator.serviceWorker.register(address).catch(() => {});
}

watchExits(document);
for (const component of COMPONENTS) nhs.createAll(component);
mendRadios();
document.addEventListener("click", mendRadios);
window.addEventListener("pageshow", mendRadios);
window.addEventListener("load", startWorker);
