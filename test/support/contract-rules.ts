import assert from "node:assert/strict";
import { parse } from "yaml";
import { maxUserDataBytes } from "../../machine/index.ts";
import { groupsOf } from "../../model/cluster.ts";
import { databaseMembers } from "../../model/groups/database.ts";
import { fixedGroups } from "../../model/groups/fixed-group.ts";
import { tagsOf } from "../../model/naming.ts";
import { proxiesRenew, proxyOf } from "../../model/traffic/balancer.ts";
import { originsOf, valueAt } from "../../recording/value.ts";
import { isJson } from "../../tools/diff/planned.ts";
import type { Rendered } from "./contract.ts";
import { canary } from "./databases.ts";
import { nameLike, nameLimits, physicalName } from "./names.ts";
import { observe } from "./read/model.ts";
import type { Observed } from "./read/observed.ts";
import { readBack } from "./read/resources.ts";
import { expectedRolls, readRolls } from "./read/rolls.ts";
import * as rules from "./rules.ts";

/** The rules of `providers/contract.ts` that a recording, or both clouds' recordings of one cluster, can be held against. */

/** Rule 1. */
export function equalTrees(aws: Rendered, alibaba: Rendered): void {
  assert.deepEqual(rules.treeOf(aws), rules.treeOf(alibaba));
  // Without database, edge group, certificate and domain these remain.
  assert.ok(rules.treeOf(aws).length >= 6);
}

/** Rule 2. */
export function oneRoot(one: Rendered): void {
  const { resources } = one.recording;
  const urns = new Set(resources.map(({ urn }) => urn));
  const tops = resources.filter(({ parent }) => parent === undefined).map(({ type, name }) => `${type} ${name}`);
  assert.deepEqual(tops, [`antmedia:cluster:Cluster ${one.cluster.name}`]);
  for (const { urn, parent } of resources) assert.ok(parent === undefined || urns.has(parent), urn);
}

/** Rule 3. */
export function readsBack({ cluster, recording }: Rendered): void {
  assert.deepEqual(readBack(recording), observe(cluster));
}

/** Rule 4. */
export function notMoreOpen({ cluster, recording }: Rendered): void {
  const allowed = new Set(observe(cluster).grants);
  const { grants, database } = readBack(recording);
  const wider = grants.filter((grant) => !allowed.has(grant));
  assert.deepEqual(wider, []);
  const scraped = cluster.monitoring.scrapeCidrs.map((range) => `in database tcp 9464-9464 ${range}`);
  const fromRanges = grants.filter((grant) => /^in database .*\//.test(grant) && !scraped.includes(grant));
  const fromOutside = fromRanges.filter((grant) => !/ tcp 22-22 /.test(grant));
  assert.deepEqual(fromOutside, []);
  assert.ok(database.every(({ hasPublicAddress }) => !hasPublicAddress));
}

/** What each machine's or template's user data has before base64. */
const packedSizes = (one: Rendered) =>
  rules.custom(one).flatMap(({ urn, inputs }) => {
    const packed = inputs["userData"];
    return typeof packed === "string" ? [[urn, Buffer.from(packed, "base64").length] as const] : [];
  });

/**
 * A machine's facts but for what is its cloud's own: the agent's digest and its bucket, what its type and address carry,
 * and CloudMonitor's application groups.
 */
function neutralFacts(text: string): unknown {
  const { write_files: files }: { write_files: readonly { path: string; content: string }[] } = parse(text);
  const facts = files.find(({ path }) => path === "/etc/ams-cluster/facts.json");
  const { carries, ...known } = JSON.parse(facts?.content ?? "");
  const { groups, ...metrics } = known.metrics;
  return { ...known, metrics, agent: {} };
}

/** Rule 5. */
export function equalUserData(aws: Rendered, alibaba: Rendered): void {
  const [one, other] = [readBack(aws.recording).userData, readBack(alibaba.recording).userData];
  // The shipped stacks have names of their own.
  if (aws.cluster.name === alibaba.cluster.name) {
    const factsOf = (texts: Observed["userData"]) => Object.values(texts).map(neutralFacts);
    assert.deepEqual(factsOf(one), factsOf(other));
  }
  for (const text of [...Object.values(one), ...Object.values(other)]) {
    assert.ok(text.startsWith("#cloud-config\n"), text.slice(0, 80));
  }
  for (const one of [aws, alibaba]) {
    for (const [name, bytes] of packedSizes(one)) assert.ok(bytes <= maxUserDataBytes, `${name} has ${bytes} bytes`);
  }
}

/** As a text stands in a JSON text, its line ends escaped. */
const asJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Rule 6. */
export function noSecretInClear(one: Rendered): void {
  const isSecret = (text: string): boolean => text.includes(canary) || text.includes("PRIVATE KEY");
  const { userData } = readBack(one.recording);
  assert.deepEqual([...rules.textsIn(one, "hidden"), ...Object.values(userData)].filter(isSecret), []);
  const generated = rules.everything(one).flatMap(originsOf);
  assert.deepEqual(
    generated.filter(({ secret }) => secret),
    [],
    "a generated secret lost its mark",
  );
  assert.deepEqual(
    rules.markedInputs(one).filter((key) => !rules.secretInputs.includes(key)),
    [],
  );
  const revealed = rules.textsIn(one, "revealed");
  const waiting = (key: string): boolean => one.cluster.mode === "standalone" && key.startsWith("database");
  const lost = Object.entries(one.raw.secrets).filter(([key, secret]) => {
    return (
      !waiting(key) &&
      secret !== undefined &&
      !revealed.some((text) => text.includes(secret.trim()) || text.includes(asJson(secret)))
    );
  });
  assert.deepEqual(
    lost.map(([key]) => key),
    [],
    "a secret reached no store",
  );
}

/** Rule 7. */
export function equalOutputs({ cluster, recording: { outputs } }: Rendered): void {
  assert.deepEqual(Object.keys(outputs).sort(), rules.outputKeys);
  const images = outputs["imageIds"] ?? null;
  const machines: readonly string[] = [
    ...groupsOf(cluster).map(({ role }) => role),
    ...(databaseMembers(cluster) > 0 ? ["database"] : []),
    ...fixedGroups(cluster).map(({ role }) => role),
  ];
  for (const role of ["origin", "edge", "database", "proxy", "turn"])
    assert.equal(valueAt(images, role) === "", !machines.includes(role), `image of ${role}`);
  assert.equal(outputs["edgeGroup"] === "", cluster.mode === "standalone");
  assert.equal(outputs["balancerGroup"] === "", proxyOf(cluster) === undefined);
  const hasStats = proxyOf(cluster) !== undefined && cluster.access.adminCidrs.length > 0;
  assert.equal(outputs["statsUrl"] === "", !hasStats);
  assert.equal(outputs["rtmpsUrl"] === "", !cluster.balancer.rtmps);
  assert.equal(outputs["turnUri"] === "", cluster.turn === undefined);
  assert.equal(outputs["turnsUri"] === "", cluster.turn?.tls !== true);
  assert.equal(outputs["databaseEndpoint"] === "none", cluster.mode === "standalone");
  assert.equal(outputs["databaseEndpoint"] === "external", cluster.database.kind === "external");
}

/** Rule 8. */
export function tagged(one: Rendered): void {
  const taggable = rules
    .custom(one)
    // An object of S3 takes ten tags, fewer than a stack may have.
    .filter(({ type }) => one.recording.propertiesOf(type).has("tags") && !/bucketObject/.test(type));
  assert.ok(taggable.length > 20, `${taggable.length} resources take tags`);
  for (const { urn, inputs } of taggable) {
    // The data volumes have one more, by which the snapshots' policy knows them, and alarms may have what to do.
    const { Name: name, "ams-cluster-data": data, "ams-remedy": _, ...tags } = rules.tagsIn(inputs["tags"]);
    assert.ok(data === undefined || data === one.cluster.name, urn);
    assert.deepEqual(tags, tagsOf(one.cluster), urn);
    assert.ok(typeof name === "string" && name.startsWith(one.cluster.name), `${urn} has no Name`);
  }
}

const isReference = (key: string): boolean =>
  /^(instance|role|ramRole|policy|host|key|keyPair|domain|project|logStore|user)Name$/.test(key);

/** Rule 12. */
export function shortNames(one: Rendered): void {
  for (const resource of rules.custom(one)) {
    const limit = nameLimits[resource.type];
    const unknown = nameLike(resource, one.cluster.name).filter((key) => key !== limit?.property && !isReference(key));
    assert.deepEqual(unknown, [], `${resource.type} has a name without a limit`);
    const name = physicalName(resource) ?? "";
    assert.ok(name.length <= (limit?.max ?? 0), `${resource.type} ${name} has ${name.length} characters`);
  }
}

/** Rule 14. */
export function durableIsProtected(one: Rendered): void {
  const found = rules.custom(one).filter(({ type }) => type in rules.durable);
  // The media machines' secret and a balancer always, what holds a database, the proxies' secrets, TURN's and its balancer.
  const database = databaseMembers(one.cluster) > 0 ? databaseMembers(one.cluster) * 2 + 1 : 0;
  const managed = one.cluster.database.kind === "managed" ? 1 : 0;
  const proxies = proxyOf(one.cluster) === undefined ? 0 : proxiesRenew(one.cluster) ? 2 : 1;
  const turn = one.cluster.turn === undefined ? 0 : 2;
  assert.ok(found.length >= 2 + database + managed + proxies + turn, `${found.length} durable things`);
  for (const { urn, type, protect, inputs } of found) {
    assert.equal(protect, one.cluster.protect, urn);
    const property = rules.durable[type] ?? "";
    if (property !== "") assert.equal(inputs[property], one.cluster.protect, `${urn} ${property}`);
  }
}

/** Rule 15. */
export function rollsAsAsked({ cloud, cluster, raw, recording }: Rendered): void {
  const block = raw.values["alibaba"];
  const isAsked = isJson(block) && block["upgrade"] === "instance-refresh";
  const waitsForPeople = cloud === "alibaba" && !isAsked;
  assert.deepEqual(readRolls(recording), waitsForPeople ? [] : expectedRolls(cluster));
}

/** Rules about one rendering. */
export const ofOne = [
  oneRoot,
  readsBack,
  notMoreOpen,
  noSecretInClear,
  equalOutputs,
  tagged,
  shortNames,
  durableIsProtected,
  rollsAsAsked,
] as const;

/** Rules about both clouds' renderings of the same cluster. */
export const ofBoth = [equalTrees, equalUserData] as const;
