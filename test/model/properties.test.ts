import assert from "node:assert/strict";
import { parse } from "../../config/parse.ts";
import { readProperties, readSettings } from "../../dev/ams-settings/source.ts";
import { amsSettings, isIn } from "../../model/ams/ams-settings.ts";
import { reservedProperties } from "../../model/ams/reserved-properties.ts";
import { nearestName } from "../../model/nearest-name.ts";
import { assertOnlyFault, faultsOf } from "../support/faults.ts";
import { raw } from "../support/raw.ts";

type Properties = Readonly<Record<string, unknown>>;

const withProperties = (properties: Properties, version?: string) =>
  raw({ media: { properties, ...(version === undefined ? {} : { version }) } });

const { newestRelease, settings } = amsSettings();

describe("The properties of Ant Media Server", () => {
  const taken: readonly Properties[] = [
    { "server.cpu_limit": 80 },
    { "server.cpu_limit": "80" },
    { "server.heartbeatEnabled": false },
    { "server.heartbeatEnabled": "false" },
    { nodeGroup: "europe", "server.statusWebHookURL": "https://ops.example.com/ams" },
    { nodeGroup: 7, "server.name": true },
    { "server.kafka_brokers": "" },
    { "rtmp.traffic_class": -1 },
  ];
  for (const properties of taken) {
    it(`are taken for what they are: ${JSON.stringify(properties)}`, () => {
      assert.deepEqual(faultsOf(withProperties(properties)), []);
      assert.deepEqual(parse(withProperties(properties)).warnings, []);
    });
  }

  const refused: readonly [string, Properties, RegExp, string?][] = [
    [
      "a word for a number",
      { "server.cpu_limit": "much" },
      /^ams:media\.properties\["server\.cpu_limit"\]: got "much"; allowed: a whole number\. Set it with: pulumi config set --path 'ams:media\.properties\["server\.cpu_limit"\]' 80$/,
    ],
    ["a fraction for a whole number", { "http.max_threads": 2.5 }, /got 2\.5; allowed: a whole number/],
    ["a huge number", { "http.max_threads": 1e21 }, /got 1e\+21; allowed: a whole number/],
    ["nothing for a number", { "http.max_threads": "" }, /got ""; allowed: a whole number/],
    ["a number for a switch", { "rtmp.tcp_nodelay": 1 }, /got 1; allowed: true or false/],
    ["a list", { nodeGroup: ["a"] }, /got \["a"\]; allowed: one line of up to 512 characters, a number, true or false/],
    ["nothing", { nodeGroup: null }, /got null; allowed: one line/],
    ["a number that would lose a digit as text", { "server.name": 2.1 }, /got 2\.1; allowed: text in quotes/],
    [
      "a placeholder, for which a node would never start",
      { "server.name": `\${host}` },
      /allowed: text in quotes, without \$\{ or #\{/,
    ],
    [
      "a mistyped name, with the nearest",
      { "http.max.threads": 600 },
      /^ams:media\.properties\["http\.max\.threads"\]: got a setting that AMS does not have; allowed: conf\/red5\.properties settings that AMS 3\.0\.3 \(ams:media\.version\) supports; the closest match is http\.max_threads\. Rename it with: pulumi config set --path 'ams:media\.properties\["http\.max_threads"\]' 600 && pulumi config rm --path 'ams:media\.properties\["http\.max\.threads"\]'$/,
    ],
    ["a misspelt name", { "server.cpu_limt": 80 }, /the closest match is server\.cpu_limit/],
    [
      "a name that is like no other",
      { "frobnicate.me": 1 },
      /a setting that AMS does not have; allowed: conf\/red5\.properties settings that AMS 3\.0\.3 \(ams:media\.version\) supports\. Remove/,
    ],
    [
      "a name that came later, with the release",
      { "server.localLicenceServerIp": "10.0.0.9" },
      /does not have; allowed: conf\/red5\.properties settings that AMS 2\.16\.2 .*server\.localLicenceServerIp was added in 2\.17\.1/,
      "2.16.2",
    ],
    [
      "an application's setting",
      { hlsTime: 4 },
      /got an application setting; allowed: .*set hlsTime in ams:applications\.NAME\.settings instead\. Move it with: pulumi config set --path ams:applications\.live\.settings\.hlsTime 4 && pulumi config rm --path 'ams:media\.properties\.?\["hlsTime"\]'$/,
    ],
    [
      "an application's setting that has a key of its own",
      { hlsMuxingEnabled: false },
      /use ams:applications\.NAME\.hls instead of hlsMuxingEnabled\. Remove it with: /,
    ],
    [
      "an application's setting that may be a secret",
      { tokenHashSecret: "hunter2" },
      /do not set tokenHashSecret, because the secret would be stored in plain text in the stack's bucket/,
    ],
    ["an application's setting under its old name", { "settings.hlsTime": 4 }, /set hlsTime in ams:applications/],
    [
      "an application's setting for a newer release too",
      { "settings.hlsTime": 4 },
      /set hlsTime in ams:applications/,
      "9.0.0",
    ],
    [
      "what checks tokens elsewhere",
      { "server.jwksURL": "https://id.example.com/jwks" },
      /got a setting that would break a node; allowed: not set, because AMS would verify tokens only with the keys at that URL/,
    ],
    [
      "an address that closes the others",
      { "http.host": "10.0.0.5" },
      /got a setting that would break a node; allowed: 0\.0\.0\.0/,
    ],
    [
      "HTTP/2 in clear text",
      { "http.upgradeHttp2Protocol": true },
      /got a setting that the cluster manages; allowed: false/,
    ],
    ["a key store's password", { "rtmps.keystorepass": "hunter2" }, /contains a secret/],
  ];
  for (const [what, properties, expected, version] of refused) {
    it(`are refused with ${what}`, () => {
      const faults = faultsOf(withProperties(properties, version));
      assertOnlyFault(faults, expected);
      assert.ok(!faults.join().includes("hunter2"));
    });
  }

  it("that are reserved are refused for every release, and for one that is newer than the table", () => {
    for (const version of ["2.11.0", newestRelease, "9.0.0"]) {
      const faults = faultsOf(
        withProperties(Object.fromEntries([...reservedProperties.keys()].map((key) => [key, "x"])), version),
      );
      assert.equal(faults.length, reservedProperties.size, version);
    }
  });

  it("are all refused at once", () => {
    const faults = faultsOf(
      withProperties({ "http.host": "x", "server.cpu_limit": "x", "no.such.name": 1, nodeGroup: "a" }),
    );
    assert.equal(faults.length, 3, faults.join("\n"));
  });

  it("that a newer release may have pass with one warning that names the newest known one", () => {
    const config = withProperties({ "server.newThing": 1, "rtmp.newThing": "x", "server.cpu_limit": 80 }, "3.4.0");
    const { faults, warnings } = parse(config);
    assert.deepEqual(faults, []);
    assert.equal(warnings.length, 1);
    assert.match(
      warnings[0] ?? "",
      new RegExp(
        `^ams:media\\.properties: cannot check server\\.newThing, rtmp\\.newThing, .* newer than ${newestRelease}, `,
      ),
    );
    assert.deepEqual(faultsOf(withProperties({ "server.cpu_limit": "much" }, "3.4.0")).length, 1);
  });
});

describe("The table of AMS's settings", () => {
  it("has each setting of both files once, of all releases from the oldest that is supported", () => {
    const keys = settings.map(({ scope, name }) => `${scope} ${name}`);
    assert.equal(new Set(keys).size, keys.length);
    assert.equal(settings.filter(({ scope }) => scope === "application").length, 192);
    assert.equal(settings.filter(({ scope }) => scope === "server").length, 123);
  });

  it("has as its newest release the default of ams:media.version", () => {
    assert.equal(parse(raw()).cluster?.media.version, newestRelease);
  });

  it("knows every reserved setting, so that none is refused under a name that AMS lacks", () => {
    const names = settings.filter(({ scope }) => scope === "server").map(({ name }) => name);
    assert.deepEqual(
      [...reservedProperties.keys()].filter((name) => !names.includes(name)),
      [],
    );
  });

  it("says of a setting which releases have it", () => {
    const one = { scope: "server", name: "x", type: "int", since: "2.12.0", until: "2.17.1" } as const;
    const releases = ["2.11.3", "2.12.0", "2.17.1", "3.0.0"];
    assert.deepEqual(
      releases.filter((release) => isIn(one, release)),
      ["2.12.0", "2.17.1"],
    );
  });

  it("finds the nearest name, or none that is near", () => {
    assert.equal(nearestName("http_maxThreads", ["http.host", "http.max_threads"]), "http.max_threads");
    assert.equal(nearestName("xyz", ["http.host", "http.max_threads"]), undefined);
  });

  it("is read from AMS's own source text: names by constants, types, defaults within defaults, setters", () => {
    const java = `
      static final String SETTINGS_PORT = "server.port";
      @Value( "\${"+SETTINGS_PORT+":5080}" )
      private int port;
      @Value("\${hlsTime:\${"+ SETTINGS_PORT +":2}}")
      @JsonIgnore
      private String hlsTime = "2";
      @Value("\${flag:#{\${settings.flag:true}}}")
      private boolean flag;
      @Value("\${level:'INFO'}")
      public void setLevel(String level) {}
      @Value("\${ratio:#{null}}")
      private float ratio;
      @Value ( "\${hlsEnableLowLatency:false}" )
      private boolean lLHLSEnabled=false;
    `;
    assert.deepEqual(Object.fromEntries(readSettings(java)), {
      "server.port": { type: "int", byDefault: "5080", field: "port" },
      hlsTime: { type: "text", byDefault: "2" },
      flag: { type: "boolean", byDefault: "true" },
      hlsEnableLowLatency: { type: "boolean", byDefault: "false", field: "lLHLSEnabled" },
      level: { type: "text", byDefault: "INFO" },
      ratio: { type: "number", byDefault: "" },
    });
    assert.deepEqual(Object.fromEntries(readProperties("# a=b\nhttp.port=5080\nserver.name=\nmina.on=false\n")), {
      "http.port": { type: "int", byDefault: "5080" },
      "server.name": { type: "text", byDefault: "" },
      "mina.on": { type: "boolean", byDefault: "false" },
    });
  });
});
