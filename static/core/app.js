// Every page works without this: it adds what a script can add.
import { initAll } from "../vendor/nhsuk-frontend-10.6.1/nhsuk-frontend.min.js";
import { watchExits } from "./exit.js";

watchExits(document);
initAll();
