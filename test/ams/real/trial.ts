import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { becomes, documentOf, drift, plain, publish } from "../../machine/documents.ts";
import { startGroup } from "../../machine/group.ts";
import { facts, watch } from "../../machine/published.ts";
import { hurry, type Service, until } from "../../machine/rig.ts";
import { type Node, node, type Site, secretOf, site } from "../../machine/site.ts";
import { isMember } from "../../machine/states.ts";
import type { Server } from "./ask.ts";
import type { Mode } from "./conformance.ts";

/** The machine's programs and a server, on the pauses of a real machine. */
export interface Trial {
  readonly node: Node;
  readonly server: Server;
  /** The rest of its life: that nothing of ours touches a server that is well, its figures, and how it leaves. */
  readonly steps: readonly (readonly [what: string, step: () => Promise<void>])[];
}

export interface Place {
  readonly mode: Mode;
  readonly address: string;
  /** An installation that this trial may have; undefined for the stand-in. */
  readonly home?: string;
  readonly port?: number;
  /** The URL of a database; undefined for the stand-in's own. */
  readonly database?: string;
  /** What has to be there before the server starts, for an installation in its place. */
  readonly settle?: (installation: string) => void;
  readonly seconds: number;
}

const realPauses = {
  ...{ pollSeconds: 1, watchSeconds: 1, lostChecks: 20, aliveSeconds: 20, lateSeconds: 120 },
};

const pidOf = ({ root }: Node): string => readFileSync(`${root}/ams.pid`, "utf8").trim();

function applicationOf({ ams }: Node, log: () => string): string {
  const [, name] = /step=ready state=waiting app=(\S+)/.exec(log()) ?? [];
  if (name === undefined) throw new Error(`no application below ${ams}/webapps`);
  return name;
}

async function secretFor(at: Site, { mode, database }: Place): Promise<void> {
  const { mongoUrl, ...known } = secretOf(at.url);
  const secret = mode === "cluster" ? { mongoUrl, ...known } : known;
  at.cloud.secrets.set("aws:ams-test-media-1", JSON.stringify(secret));
  if (mode === "cluster" && database === undefined) await at.databaseUp();
}

/** Starts a server with the machine's programs; ends when it is a member, or with the log of why it is not. */
export async function begin(place: Place): Promise<Trial> {
  const at = await site("aws", place.database);
  await secretFor(at, place);
  const group = startGroup("aws", at.cloud);
  const points = watch(at.cloud);
  const one = await node(at, place.address, place);
  const pauses = place.home === undefined ? {} : realPauses;
  const limits = { mode: place.mode, startSeconds: place.seconds, joinSeconds: place.seconds };
  hurry(one.root, { ...pauses, ...facts, ...limits });
  place.settle?.(one.ams);
  const service = one.start();
  await until("a member", isMember(one), service.log, place.seconds);
  const { jwtKey, clusterKey } = secretOf(at.url);
  const application = applicationOf(one, service.log);
  return {
    node: one,
    server: { url: one.url, application, jwtKey, clusterKey },
    steps: [
      ["a second start of our programs leaves the server alone", () => leftAlone(one, service, place.seconds)],
      ["its figures are published", () => published(one, points, place)],
      ["our programs bring its applications to a document", () => documented(at, one, application, place)],
      ["it leaves, with its applications shut down first", () => leaves(one, group, place.seconds)],
    ],
  };
}

async function leftAlone(one: Node, first: Service, seconds: number): Promise<void> {
  const [pid, before] = [pidOf(one), one.events().length];
  await first.stop();
  const again = one.start();
  await until("a watch", () => /step=watch state=member/.test(again.log()), again.log, seconds);
  assert.equal(pidOf(one), pid, "the server was started anew");
  assert.deepEqual(one.events().slice(before), []);
}

async function published(one: Node, points: ReturnType<typeof watch>, { mode, seconds }: Place): Promise<void> {
  const agent = one.agent("metrics");
  const wanted = { Publishers: 0, Viewers: 0, RefusedClients: 0, ApplicationsNotReady: 0, ClusterMember: 1 };
  const ofCluster = mode === "cluster" ? ["LiveNodes", "DatabaseQueryMilliseconds"] : [];
  const names = [...Object.keys(wanted), ...ofCluster];
  await until("figures", () => names.every((name) => points.get(name) !== undefined), agent.log, seconds);
  const found = Object.keys(wanted).map((name) => [name, points.get(name)?.value]);
  await agent.stop();
  assert.deepEqual(Object.fromEntries(found), wanted);
}

async function documented(at: Site, one: Node, application: string, { seconds }: Place): Promise<void> {
  const wanted = { [application]: plain, documented: plain };
  publish(at, 1, documentOf("enforce", wanted));
  const agent = one.agent("applications");
  for (const name of Object.keys(wanted)) await becomes(one, plain.settings, name, agent.log, seconds);
  await until("no drift", () => drift(one).drift === 0, agent.log, seconds);
  await agent.stop();
}

async function leaves(one: Node, group: ReturnType<typeof startGroup>, seconds: number): Promise<void> {
  const drain = one.agent("drain");
  group.awaits("drain");
  group.letGo();
  await until("a completed hook", () => group.told.includes("complete drain CONTINUE"), drain.log, seconds);
  assert.match(drain.log(), /step=drain state=over reason=idle/);
  assert.doesNotMatch(drain.log(), /step=(shutdown|stop) state=failed/);
}
