import assert from "node:assert/strict";
import { parse } from "../../config/parse.ts";
import { deploymentOf } from "../../tools/live/deployment.ts";
import { checksOf } from "../../tools/verify/checks.ts";
import { type FlightOptions, prepare } from "../../tools/verify/flight.ts";
import { remedies } from "../../tools/verify/remedies.ts";
import { type Result, runChecks } from "../../tools/verify/run.ts";
import { tokensOf } from "../../tools/verify/tokens.ts";
import { cdnAddress, cdnDomain, type Distribution, startDistribution } from "../cdn/distribution.ts";
import { edgeRules } from "../cdn/rules.ts";
import { admin, balancerAddress, domain, outputs, type Site, startSite, streamKey } from "../live/site.ts";
import { raw } from "../support/raw.ts";

const day = 86_400_000;
const signed = { publish: "jwt", play: "jwt" } as const;

describe("the test flight of a cluster whose edges are the CDN's alone, with play tokens", () => {
  let site: Site;
  let cdn: Distribution;

  before(async () => {
    site = await startSite({ cdn: { domain: cdnDomain, exclusive: true }, applications: { live: signed } });
    site.dns.addresses.set(cdnDomain, cdnAddress);
    const validity = { from: new Date(Date.now() - day), to: new Date(Date.now() + 90 * day) };
    cdn = await startDistribution({
      ...{ rules: await edgeRules("aws", signed), streamKey },
      certificate: site.authority.issue(cdnDomain, validity),
      origin: { host: balancerAddress, name: domain, ca: site.authority.pem },
    });
  });
  after(async () => {
    await cdn?.close();
    await site.close();
  });

  async function fly(options: Partial<FlightOptions>): Promise<ReadonlyMap<string, Result>> {
    const deployment = deploymentOf({ ...outputs, cdnUrl: `https://${cdnDomain}/` }, site.cluster);
    const usual = { app: "live", machines: [], leastDays: 14, streamSeconds: 15, publish: true, stranger: false };
    const { flight, close } = prepare(deployment, site.wire(admin), { ...usual, login: undefined, ...options });
    const checks = checksOf(deployment).filter(({ id }) => /^(publish$|hls-|cdn-)/.test(id));
    try {
      const all = await runChecks(checks, flight, { totalSeconds: 60, onResult: () => undefined });
      return new Map(all.map((one) => [one.id, one]));
    } finally {
      await close();
    }
  }

  const states = (found: ReadonlyMap<string, Result>) => [...found].map(([id, { state }]) => `${id} ${state}`);

  it("publishes and plays through the CDN with tokens that it signs", async () => {
    const found = await fly({ streamKey });
    const text = JSON.stringify([...found]);
    assert.deepEqual(states(found), ["publish pass", "hls-cdn pass", "cdn-closed pass", "hls-cdn-only pass"], text);
    assert.ok(!text.includes(streamKey));
  });

  it("says without the secret that it has no key, and how to give it one", async () => {
    const found = await fly({});
    assert.deepEqual(states(found), ["publish not-run", "hls-cdn not-run", "cdn-closed pass", "hls-cdn-only not-run"]);
    for (const id of ["publish", "hls-cdn"])
      assert.match(found.get(id)?.said ?? "", /^ams:applications\.live\.publish is jwt, .* --secret -$/);
  });

  it("is refused with a token that another key has signed", async () => {
    const found = await fly({ streamKey: streamKey.toLowerCase() });
    assert.deepEqual(states(found).slice(0, 2), ["publish fail", "hls-cdn not-run"]);
  });

  const faulty = async (fault: () => Promise<() => unknown>): Promise<ReadonlyMap<string, Result>> => {
    const mend = await fault();
    try {
      return await fly({ streamKey });
    } finally {
      await mend();
    }
  };

  it("finds a CDN that does not show the header", async () => {
    const found = await faulty(async () => {
      cdn.state.showsHeader = false;
      return () => (cdn.state.showsHeader = true);
    });
    const { state, said, cause } = found.get("hls-cdn") ?? {};
    assert.deepEqual([state, cause], ["fail", remedies.cdnPlays.cause]);
    assert.match(said ?? "", /^HTTP 403/);
  });

  it("finds a CDN that lets everything through", async () => {
    const found = await faulty(async () => {
      cdn.state.isOpen = true;
      return () => (cdn.state.isOpen = false);
    });
    assert.equal(found.get("cdn-closed")?.cause, remedies.cdnOpen.cause);
  });

  it("finds a balancer that gives playlists to others, though AMS asks them for tokens", async () => {
    const found = await faulty(async () => {
      await site.balance({ edit: (text) => text.replace(/^.*str\(deny\).*streams.*m3u8.*\n/gm, "") });
      return () => site.balance();
    });
    assert.equal(found.get("hls-cdn-only")?.cause, remedies.cdnPassedBy.cause);
    assert.equal(found.get("hls-cdn")?.state, "pass");
  });
});

describe("the test flight of an application with one-time tokens", () => {
  it("says that AMS alone makes them", () => {
    const live = { publish: "one-time-token", play: "open" };
    const { cluster } = parse(raw({ applications: { live } }));
    const tokens = tokensOf(deploymentOf(outputs, cluster), "live", streamKey);
    assert.deepEqual(tokens("publish", "s1"), {
      why: "ams:applications.live.publish is one-time-token, and only AMS can create one-time tokens",
    });
    assert.equal(tokens("play", "s1"), undefined);
  });
});
