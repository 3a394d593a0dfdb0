import { createServer } from "node:net";
import type { FlightOptions } from "../../tools/verify/flight.ts";
import type { RemedyName } from "../../tools/verify/remedies.ts";
import { balancerAddress, type Site } from "./site.ts";

export interface Fault {
  readonly name: string;
  readonly inject: (site: Site) => Promise<() => Promise<void> | void>;
  /** The checks that have to name it, and no others. */
  readonly found: readonly string[];
  /** Checks that fail too where the balancer leads them to the node with the fault. */
  readonly maybe?: readonly string[];
  /** What the first of them takes for the cause. */
  readonly likely: RemedyName;
  readonly said: RegExp;
  readonly flight?: Partial<FlightOptions>;
  readonly from?: string;
}

/** A change of the balancer's configuration. */
export const balancer = (edit: (text: string) => string) => async (of: Site) => {
  await of.balance({ edit });
  return () => of.balance();
};

/** A line of one listener's part, changed. */
export const within = (name: string, from: string | RegExp, to: string) =>
  balancer((text) => text.replace(new RegExp(`frontend ${name}\\n(?: {4}.*\\n)*`), (part) => part.replace(from, to)));

/** A port on the balancer's address that answers. */
export async function open(port: number): Promise<() => Promise<void>> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(port, balancerAddress, resolve));
  return () => new Promise((resolve) => server.close(() => resolve()));
}
