import { startMachine, withTurn } from "./machine.ts";
import { pages } from "./page.ts";
import { users } from "./peers.ts";
import { settle } from "./place.ts";

/** A web page before the real coturn, in a network namespace of its own: run by page.test.ts, and printed as JSON. */

settle();
const machine = await startMachine(withTurn(), { users });
process.stdout.write(JSON.stringify(await pages()));
await machine.close();
process.exit(0);
