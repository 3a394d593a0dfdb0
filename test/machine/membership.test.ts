import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { hurry, put, tells, until } from "./rig.ts";
import { closeAll, node, password, secretOf, site } from "./site.ts";
import { isMember, isOpen } from "./states.ts";

describe("a media machine's membership", () => {
  afterEach(closeAll);

  it("waits until the database and the secret store are available", async () => {
    const at = await site();
    at.cloud.outages = 2;
    const one = await node(at);
    const service = one.start();
    await until("two refusals and an absent database", () =>
      /step=database state=failed attempt=4/.test(service.log()),
    );
    await tells(service, /step=secret state=failed attempt=1 .*HTTP 503/);
    await tells(service, /step=database state=failed attempt=3 .*Connection refused/);
    assert.ok(!one.events().some((line) => /gate open|ams start/.test(line)), one.events().join("\n"));
    await at.databaseUp();
    await until("a member", isMember(one), service.log);
  });

  it("never opens the gate with a wrong password, and joins when the secret is right", async () => {
    const at = await site();
    await at.databaseUp();
    put(`${at.store}/password`, "another");
    const one = await node(at);
    hurry(one.root, { startSeconds: 4 });
    const service = one.start();
    const reason =
      /step=ready state=waiting app=AMS seconds=\d+ reason=".*MongoSecurityException: Exception authenticating"/;
    await until("AMS's own reason", () => reason.test(service.log()), service.log);
    // Of several applications that wait, it has the one that was asked last.
    const shown = /step=ready state=(waiting|late) .*MongoSecurityException/;
    await until("AMS's own reason in the status", () => shown.test(one.status()), service.log);
    assert.doesNotMatch(service.log(), /state=failed/);
    await until("a failed start", () => /step=ready state=failed/.test(service.log()), service.log);
    assert.match(service.log(), /step=start state=failed .*live: HTTP 403.*AMS: .*MongoSecurityException/);
    assert.ok(!one.events().includes("gate open"));
    hurry(one.root, { startSeconds: 600 });
    const url = at.url.replace(password, "another");
    at.cloud.secrets.set("aws:ams-test-media-1", JSON.stringify(secretOf(url)));
    await until("a member", isMember(one), service.log);
  });

  it("detects a mode switch that fails without an error", async () => {
    const at = await site();
    await at.databaseUp();
    const one = await node(at);
    put(`${one.ams}/silent`, "");
    const service = one.start();
    await until("a failed switch", () => /step=mode state=failed/.test(service.log()), service.log);
    await tells(service, /did not write the mode cluster to every properties file/);
    assert.ok(!one.events().includes("gate open"));
  });

  it("says what it is when the script cancels at its question, and that the URL is hidden", async () => {
    const at = await site();
    const one = await node(at);
    await at.databaseUp();
    const bare = at.url.replace(`mongodb://ams:${password}@`, "");
    at.cloud.secrets.set("aws:ams-test-media-1", JSON.stringify(secretOf(bare)));
    const service = one.start();
    await until("a cancelled switch", () => /step=mode state=failed/.test(service.log()), service.log);
    await tells(service, /change_server_mode.sh ended with 1: .*Operation cancelled/);
    assert.ok(!service.log().includes(bare));
    assert.ok(!one.events().includes("gate open"));
  });

  it("uses the same key and administrator as another node when both start with an empty database", async () => {
    const at = await site();
    await at.databaseUp();
    const nodes = [await node(at, "10.0.0.11"), await node(at, "10.0.0.12")];
    const files = nodes.map(({ ams }) => `${ams}/webapps/live/WEB-INF/red5-web.properties`);
    const services = nodes.map((each) => each.start());
    const logs = () => services.map((service) => service.log()).join("\n");
    await until("two members", () => nodes.every((each) => isMember(each)()), logs);
    const keys = nodes.flatMap((each) => each.events().filter((line) => line.startsWith("ams key ")));
    assert.deepEqual(new Set(keys), new Set([`ams key ${secretOf("").clusterKey}`]));
    const made = nodes.flatMap((each) => each.events().filter((line) => line === "ams administrator made"));
    assert.equal(made.length, 1);
    const subscribers = files.map(
      (file) => /^subscriberAuthenticationKey=(\w{32})$/m.exec(readFileSync(file, "utf8"))?.[1],
    );
    assert.ok(subscribers[0] !== undefined);
    assert.equal(subscribers[0], subscribers[1]);
  });

  it("keeps the push notification key that AMS has written to a file", async () => {
    const at = await site();
    await at.databaseUp();
    const one = await node(at);
    const file = `${one.ams}/webapps/live/WEB-INF/red5-web.properties`;
    put(file, `${readFileSync(file, "utf8")}subscriberAuthenticationKey=the-panels\n`);
    const service = one.start();
    await until("a member", isMember(one), service.log);
    const found = readFileSync(file, "utf8").match(/^subscriberAuthenticationKey.*$/gm);
    assert.deepEqual(found, ["subscriberAuthenticationKey=the-panels"]);
  });

  it("keeps the gate open while the database is down, so that the groups do not replace their machines", async () => {
    const at = await site();
    await at.databaseUp();
    const one = await node(at);
    const service = one.start();
    await until("a member", isMember(one), service.log);
    await at.databaseDown();
    await until("the outage in the log", () => /step=watch state=unknown/.test(service.log()), service.log);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.ok(isOpen(one), one.events().join("\n"));
    assert.equal(service.starts(), 1);
    await at.databaseUp();
    await until("the end of the outage", () => /unknown.*step=watch state=member/s.test(service.log()), service.log);
  });
});
