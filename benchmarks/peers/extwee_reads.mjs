// Reads the file it is given with extwee, once for each line that comes in, and answers each with one line of JSON: the
// milliseconds from the file to the story, and how many passages the story has. Starting up is not counted.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { parseTwee } from "extwee";

const path = process.argv[2];

for await (const _ of createInterface({ input: process.stdin })) {
  const begun = performance.now();
  const story = parseTwee(readFileSync(path, "utf8"));
  const milliseconds = performance.now() - begun;
  console.log(JSON.stringify({ milliseconds, passages: story.passages.length }));
}
