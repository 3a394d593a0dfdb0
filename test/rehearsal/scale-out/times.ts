/** Prints when each step of a media machine's boot was done: node --import tsx test/rehearsal/scale-out/times.ts */
import { cluster } from "../../support/cluster.ts";
import { debianRoot, machineRoot } from "../../support/debian-root.ts";
import { ferretdb } from "../../support/ferretdb.ts";
import { Machine } from "../machine.ts";
import { secretName, secretWith } from "../secret.ts";
import { Site } from "../site.ts";

const password = "appPassword0123456789";
const site = await Site.start();
site.cloud.secrets.set(secretName, secretWith(password));
await site.databaseUp(ferretdb(), password);
const machine = new Machine(site, debianRoot(machineRoot), "one", "10.0.0.11").installAms().seed(cluster(), "origin");
try {
  for (const boot of ["first boot", "reboot"]) {
    machine.boot();
    await machine.sees("an open gate", () => machine.isOpen());
    console.log(`\n| ${boot} | done after s |\n|---|---|`);
    for (const { text, seconds } of machine.steps()) console.log(`| ${text} | ${seconds.toFixed(1)} |`);
    await machine.shutDown();
  }
} finally {
  await machine.destroy();
  await site.stop();
}
