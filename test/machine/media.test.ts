import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { hurry, put, tells, until } from "./rig.ts";
import { closeAll, node, password, secretOf, site } from "./site.ts";
import { isMember, isOpen } from "./states.ts";

describe("a media machine", () => {
  afterEach(closeAll);

  it("joins the cluster and creates the administrator before it opens the gate, and writes AMS's files correctly", async () => {
    const at = await site();
    await at.databaseUp();
    const one = await node(at);
    const service = one.start();
    await until("a member behind an open gate", isMember(one), service.log);

    const events = one.events();
    assert.deepEqual(
      events.filter((line) => /^gate|administrator|start cluster/.test(line)),
      [
        ...["gate sealed", "gate sealed", "ams start cluster"],
        ...["gate closed", "ams administrator made", "gate open"],
      ],
    );
    assert.equal(service.starts(), 1, service.log());
    const steps = [...service.log().matchAll(/step=(\w+) state=ok seconds=/g)].map(([, step]) => step);
    const preparing = [
      "stay",
      "public_address",
      "secret",
      "hold",
      "image",
      "gpu",
      "expand",
      "settings",
      "pool",
      "database",
      "mode",
    ];
    assert.deepEqual(steps, [...preparing, "start", "ready", "neighbours", "prove", "administrator", "admit"]);

    const server = readFileSync(`${one.ams}/conf/red5.properties`, "utf8").split("\n");
    const known = secretOf(at.url);
    assert.ok(server.includes(`clusterdb.host=${at.url}`));
    assert.ok(server.includes(`server.jwtServerSecretKey=${known.jwtKey}`));
    const dashboard = server.filter((line) => line.startsWith("server.allowed_dashboard_CIDR="));
    assert.deepEqual(dashboard, [
      "server.allowed_dashboard_CIDR=127.0.0.1/8,10.0.192.0/22,10.0.196.0/22,10.0.0.0/19,10.0.32.0/19",
    ]);
    assert.ok(server.includes("http.upgradeHttp2Protocol=false"));
    assert.ok(!server.includes("http.upgradeHttp2Protocol=true"), "as the image has it");
    assert.ok(!server.some((line) => line.startsWith("server.licence_key")));
    const files = [`${one.ams}/conf/red5.properties`, `${one.ams}/webapps/live/WEB-INF/red5-web.properties`];
    for (const file of files) assert.equal(statSync(file).mode & 0o777, 0o640);
    assert.notEqual(readFileSync(`${one.ams}/conf/instanceId`, "utf8"), "the image's");
    assert.equal(existsSync(`${one.ams}/conf/initialized`), true);
    assert.equal(readFileSync(`${one.root}/etc/ams-cluster/ams.env`, "utf8"), "AMS_HOST_ADDRESS=10.0.0.11\n");

    const md5 = (text: string) => createHash("md5").update(text).digest("hex");
    assert.equal(at.data().users["JamesBond"]?.password, md5(md5(known.panelPassword)));
    for (const secret of [password, known.jwtKey, known.clusterKey, known.panelPassword]) {
      assert.ok(!service.log().includes(secret) && !one.status().includes(secret));
    }
  });

  it("never joins with an image whose server does not know its clients, and says so", async () => {
    const at = await site();
    await at.databaseUp();
    const one = await node(at);
    put(`${one.ams}/conf/jee-container.xml`, "<beans></beans>");
    const service = one.start();
    await until(
      "the third try",
      () => (service.log().match(/step=settings state=failed/g) ?? []).length > 2,
      service.log,
    );
    await until("the status says why", () => /step=settings state=failed .*no RemoteIpValve/.test(one.status()));
    assert.ok(!one.events().some((line) => line.startsWith("ams start")));
    assert.ok(!isOpen(one));
  });

  it("is admitted alone in standalone mode, without any database", async () => {
    const at = await site();
    const { mongoUrl: _, ...known } = secretOf(at.url);
    at.cloud.secrets.set("aws:ams-test-media-1", JSON.stringify(known));
    const one = await node(at);
    hurry(one.root, { mode: "standalone" });
    const service = one.start();
    await until("an open gate", isMember(one), service.log);
    assert.ok(one.events().includes("ams start standalone"));
    assert.ok(!one.events().some((line) => line.startsWith("change_server_mode")));
    await until("the watch's word", () => /state=member reason=standalone/.test(service.log()));
  });

  it("goes back to standalone with the vendor's script", async () => {
    const at = await site();
    await at.databaseUp();
    const one = await node(at);
    const first = one.start();
    await until("a member", isMember(one), first.log);
    await one.powerOff();
    hurry(one.root, { mode: "standalone" });
    const second = one.start();
    await until("an open gate", isMember(one), second.log);
    assert.ok(one.events().includes("change_server_mode standalone"));
    assert.match(readFileSync(`${one.ams}/conf/red5.properties`, "utf8"), /^clusterdb\.host=$/m);
  });

  it("keeps the gate closed while AMS reports standalone mode in a cluster, even if AMS's files configure cluster mode", async () => {
    const at = await site();
    await at.databaseUp();
    const one = await node(at);
    one.fault("standalone");
    hurry(one.root, { joinSeconds: 1 });
    const service = one.start();
    await until("a failed proof", () => /step=prove state=failed/.test(service.log()), service.log);
    await tells(service, /AMS runs standalone/);
    assert.ok(!one.events().includes("gate open"));
  });

  const places = { aws: "/ams/ams-test i-0123", alibaba: "/logstores/machines/shards/lb" } as const;
  for (const kind of ["aws", "alibaba"] as const) {
    it(`tells the log service of failures and of membership, never of a secret: ${kind}`, async () => {
      const at = await site(kind);
      const one = await node(at);
      const service = one.start();
      const told = () => at.cloud.logs.get(places[kind])?.join("\n") ?? "";
      await until(
        "the failure in the log service",
        () => /step=database state=failed attempt=1/.test(told()),
        service.log,
      );
      await at.databaseUp();
      await until(
        "membership in the log service",
        () => /step=watch state=member/.test(told()),
        () => told(),
      );
      assert.ok(!told().includes("state=ok") && !told().includes(password));
    });
  }

  it("comes back after a reboot without switching the mode again", async () => {
    const at = await site();
    await at.databaseUp();
    const one = await node(at);
    const first = one.start();
    await until("a member", isMember(one), first.log);
    await one.powerOff();
    put(`${one.ams}/conf/instanceId`, "this machine's own");
    const before = one.events().length;
    const second = one.start();
    await until("a member again", isMember(one), second.log);

    const after = one.events().slice(before);
    assert.ok(!after.includes("change_server_mode cluster"), after.join("\n"));
    assert.ok(!after.includes("ams administrator made"), after.join("\n"));
    assert.ok(after.indexOf("gate sealed") < after.indexOf("ams start cluster"), after.join("\n"));
    assert.equal(readFileSync(`${one.ams}/conf/instanceId`, "utf8"), "this machine's own");
  });

  it("leaves the gate and AMS alone when only the watch starts again", async () => {
    const at = await site();
    await at.databaseUp();
    const one = await node(at);
    const first = one.start();
    await until("a member", isMember(one), first.log);
    await first.stop();
    const before = one.events().length;
    const second = one.start();
    await until("a watch again", () => /step=watch state=member/.test(second.log()), second.log);
    const after = one.events().slice(before);
    assert.ok(!after.some((line) => /closed|sealed|draining|restart|stop|ams start/.test(line)), after.join("\n"));
  });
});
