import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { installSystemdRun, library, put, remove, run, tool, unpack } from "./rig.ts";

const container = `<beans>
\t<property name="valves"><list>
\t\t<!-- a valve for X-Forwarded-For -->
\t\t<bean id="valve.access" class="org.apache.catalina.valves.RemoteIpValve" />
\t\t<bean id="valve.access" class="org.apache.catalina.valves.AccessLogValve">
\t\t\t<property name="prefix" value="access" />
\t\t</bean>
\t</list></property>
</beans>
`;

describe("the files of the Ant Media Server", () => {
  let root = "";
  beforeEach(() => {
    root = unpack("origin");
    put(`${root}/usr/local/antmedia/conf/jee-container.xml`, container);
  });
  afterEach(() => remove(root));

  function python(program: string) {
    const env = { AMS_CLUSTER_ROOT: root, PATH: `${root}/bin:${process.env["PATH"]}` };
    return run("python3", ["-W", "error", "-c", `import sys; sys.path.insert(0, "${library(root)}"); ${program}`], env);
  }
  const must = (program: string): string => {
    const done = python(program);
    assert.equal(done.status, 0, done.all);
    return done.out;
  };
  const xml = () => readFileSync(`${root}/usr/local/antmedia/conf/jee-container.xml`, "utf8");

  it("believe X-Forwarded-For of the balancer's addresses alone", () => {
    const program = `
import ipaddress, re, server
for cidr in ("10.0.192.0/22", "172.16.8.64/27", "10.0.0.0/16"):
    network = ipaddress.ip_network(cidr)
    matcher = re.compile(server.pattern(cidr))
    inside = [network[0], network[-1], network[len(list(network)) // 2]]
    outside = [network[0] - 1, network[-1] + 1, "192.168.0.1", "110.0.192.1", "10.0.192.1000"]
    assert all(matcher.fullmatch(str(one)) for one in inside), cidr
    assert not any(matcher.fullmatch(str(one)) for one in outside), cidr
`;
    must(`exec(${JSON.stringify(program)})`);
  });

  it("keep everything in jee-container.xml but the one bean, and change nothing the second time", () => {
    const call = 'import server; print(server.forwarded(["10.0.192.0/22", "10.0.196.0/22"]))';
    assert.equal(must(call), "True\n");
    const once = xml();
    const value = "(10)\\.(0)\\.(192|193|194|195)\\.(\\d{1,3})|(10)\\.(0)\\.(196|197|198|199)\\.(\\d{1,3})";
    const bean = `RemoteIpValve"><property name="internalProxies" value="${value}" /></bean>`;
    assert.equal(
      once,
      container.replace('RemoteIpValve" />', () => bean),
    );
    assert.equal(must(call), "False\n");
    assert.equal(xml(), once);
    must('import server; server.forwarded(["10.1.0.0/22"])');
    assert.equal((xml().match(/internalProxies/g) ?? []).length, 1);
    must(`import xml.dom.minidom; xml.dom.minidom.parse("${root}/usr/local/antmedia/conf/jee-container.xml")`);
  });

  for (const [what, text] of [
    ["has no such valve", "<beans></beans>"],
    ["has it in a comment", container.replace(/<bean[^>]*RemoteIpValve" \/>/, (bean) => `<!-- ${bean} -->`)],
  ] as const) {
    it(`end the boot when the server ${what}`, () => {
      put(`${root}/usr/local/antmedia/conf/jee-container.xml`, text);
      const done = python('import server; server.forwarded(["10.0.0.0/22"])');
      assert.notEqual(done.status, 0);
      assert.match(done.all, /RuntimeError: .*no RemoteIpValve/);
      assert.equal(xml(), text);
    });
  }

  it("trust the database's authority beside those of the image's Java", () => {
    const certificates = [1, 2].map((index) => `-----BEGIN CERTIFICATE-----\n${index}\n-----END CERTIFICATE-----\n`);
    put(`${root}/usr/lib/jvm/java-17/lib/security/cacerts`, "the image's");
    const keytool = `#!/bin/sh\necho "$@" >>'${root}/calls'\nfor last; do :; done\ngrep -v -- - "$last" >>"$6"\n`;
    tool(root, "../usr/lib/jvm/java-17/bin/keytool", keytool);
    put(`${root}/authority`, certificates.join(""));
    // Not the host's own Java.
    const call = `import server; server.shutil.which = lambda name: None; print(server.trust(open("${root}/authority").read()))`;
    const store = `${root}/etc/ams-cluster/truststore`;
    const line = `JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=${store} -Djavax.net.ssl.trustStorePassword=changeit`;
    assert.equal(must(call).trim(), line);
    assert.equal(readFileSync(store, "utf8"), "the image's1\n2\n");
    assert.equal(statSync(store).mode & 0o777, 0o644);
    must(call);
    assert.equal(readFileSync(`${root}/calls`, "utf8").trim().split("\n").length, 2);
    assert.equal(must("import server; print(repr(server.trust(None)))"), "''\n");
  });

  it("make no JVM of a machine with an NVIDIA card whose driver doesn't work", () => {
    const call = "import server; server.gpu({})";
    must(call);
    put(`${root}/sys/bus/pci/devices/0000:00:1e.0/vendor`, "0x10de\n");
    installSystemdRun(root);
    assert.match(python(call).all, /no nvidia-smi: use a GPU image/);
    tool(root, "nvidia-smi", "#!/bin/sh\necho 'NVIDIA-SMI has failed'\nexit 9\n");
    assert.match(python(call).all, /systemd-run ended with 9: NVIDIA-SMI has failed/);
    tool(root, "nvidia-smi", "#!/bin/sh\n");
    must(call);
  });
});
