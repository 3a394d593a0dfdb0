import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ferretdb, ferretdbWords } from "../support/ferretdb.ts";
import { loopback } from "../support/loopback.ts";
import { listens, type Program, startProgram } from "./programs.ts";

/** The database machine's own address, inside the network: no name leads to it from outside. */
export const databaseAddress = `${loopback}.5.1`;

const password = "appPassword0123456789";

/** As AMS has it: a user of its own, and no option that its scripts don't take. */
export const databaseUrl = `mongodb://ams:${password}@${databaseAddress}:27017/`;

export interface Database {
  readonly stop: () => Promise<void>;
  /** Starts it with what it knew, at its own address, and at an outer one for a fault. */
  readonly start: (outerAddress?: string) => Promise<void>;
}

/** A real server of MongoDB's protocol, with a user and its password. */
export async function startDatabase(root: string): Promise<Database> {
  const folder = join(root, "database");
  mkdirSync(folder);
  const program = ferretdb();
  let running: Program | undefined;
  const stop = async (): Promise<void> => await running?.stop();
  const start = async (outerAddress?: string): Promise<void> => {
    await stop();
    // What the balancer shows is as good as another for a listener that nobody signs in to.
    const pemFile = join(root, "etc/ams-cluster/tls.pem");
    const outside = outerAddress === undefined ? {} : { outside: { address: outerAddress, pemFile } };
    running = startProgram(program, ferretdbWords({ folder, address: databaseAddress, password, ...outside }));
    for (const address of [databaseAddress, ...(outerAddress === undefined ? [] : [outerAddress])]) {
      await listens(running, address, 27017);
    }
  };
  await start();
  return { start, stop };
}
