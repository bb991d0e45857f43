// A topic works without this. It remembers how far one has read, listens for new posts, and knows some keys.
import { watchReading } from "./reading.js";
import { watchKeys } from "./keys.js";
import { listen } from "./live.js";

const posts = document.getElementById("posts");
if (posts) {
  watchReading(posts);
  watchKeys(posts, document.getElementById("keys"));
  listen(posts, document.getElementById("live"));
}
