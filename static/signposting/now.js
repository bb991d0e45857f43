// The crisis page also stands in for a page that could not be fetched. Then it says so.
import { watchExits } from "../core/exit.js";

watchExits(document);
if (location.pathname !== "/support/now" || !navigator.onLine) document.getElementById("offline").hidden = false;
