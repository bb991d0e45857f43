// What a script adds to writing: drafts that save themselves, a preview beside the words, names to choose after an @,
// and a short answer restored where it was left. Every button works without it.
import { saveDrafts } from "./drafts.js";
import { offerPeople } from "./people.js";
import { showPreview } from "./preview.js";

for (const form of document.querySelectorAll("[data-module='app-compose']")) {
  const body = form.elements.namedItem("body");
  saveDrafts(form, body);
  offerPeople(form, body);
  showPreview(form, body);
}

// What a page says about words that were sent is the first thing to read.
const asked = document.getElementById("asked-heading") || document.getElementById("preview");
if (asked) asked.focus();
