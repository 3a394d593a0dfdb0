import { writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";

// Plain JavaScript: Node 20 starts a thread without tsx.

const standardError = 2;
const { seconds } = workerData;
let input = "";

function bark() {
  writeSync(standardError, `no end after ${seconds} s with:\n${input}\n`);
  process.kill(process.pid, "SIGKILL");
}

let timer = setTimeout(bark, seconds * 1000);
parentPort.on("message", (next) => {
  input = next;
  clearTimeout(timer);
  timer = setTimeout(bark, seconds * 1000);
});
