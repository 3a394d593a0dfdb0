import assert from "node:assert/strict";
import { formatFault } from "../../../config/fault.ts";
import { parse } from "../../../config/parse.ts";
import { raw } from "../../support/raw.ts";
import { selfSigned } from "../../support/self-signed.ts";

const forward = { protocol: "syslog", host: "logs.example.com" };
const headers = { logHeaders: '{"api-key":"0123456789abcdef"}' };

function faultsOf(changes: object, secrets: Readonly<Record<string, string>> = {}): readonly string[] {
  const given = raw({ logs: { forward: { ...forward, ...changes } } });
  return parse({ ...given, secrets: { ...given.secrets, ...secrets } }).faults.map(formatFault);
}

describe("ams:logs.forward", () => {
  const right: readonly (readonly [what: string, changes: object, secrets?: Readonly<Record<string, string>>])[] = [
    ["a name", {}],
    ["a public address", { host: "203.0.113.9", port: 6515 }],
    ["a private address without TLS", { host: "10.20.0.9", tls: false }],
    ["an authority of its own", { ca: selfSigned().pem }],
    ["OTLP with a path and headers", { protocol: "otlp", port: 443, path: "/otlp/v1/logs" }, headers],
  ];
  for (const [what, changes, secrets] of right)
    it(`may be ${what}`, () => assert.deepEqual(faultsOf(changes, secrets), []));

  const wrong: readonly (readonly [what: string, changes: object, fault: RegExp, secrets?: typeof headers])[] = [
    ["no protocol that is known", { protocol: "gelf" }, /forward\.protocol: .*one of syslog, otlp/],
    ["a URL", { host: "https://logs.example.com" }, /forward\.host: .*a lower-case host name/],
    ["an address that is none", { host: "10.20.0.300" }, /forward\.host: .*or an IPv4 address/],
    ["the machine itself", { host: "127.0.0.1" }, /forward\.host: .*not a loopback, .*Set it with: /],
    ["the metadata server", { host: "169.254.169.254" }, /forward\.host: .*link-local/],
    ["no port", { port: 0 }, /forward\.port: .*a whole number from 1 to 65535/],
    [
      "a name without TLS",
      { tls: false },
      /forward\.tls: got false .*Set it with: pulumi config set --path ams:logs\.forward\.tls true/,
    ],
    ["a public address without TLS", { host: "203.0.113.9", tls: false }, /forward\.tls: /],
    [
      "an authority without TLS",
      { host: "10.20.0.9", tls: false, ca: selfSigned().pem },
      /forward\.ca: .*Remove it with: /,
    ],
    ["an authority that is none", { ca: selfSigned().pem.replace(/\n[A-Z]/i, "\n?") }, /forward\.ca: .*Set it with: /],
    ["a path for syslog", { path: "/v1/logs" }, /forward\.path: .*only if ams:logs\.forward\.protocol is otlp/],
    ["headers for syslog", {}, /ams:logHeaders: .*only if ams:logs\.forward\.protocol is otlp/, headers],
    [
      "headers without TLS",
      { protocol: "otlp", host: "10.20.0.9", tls: false },
      /forward\.tls: .*the headers would otherwise be sent unencrypted/,
      headers,
    ],
  ];
  for (const [what, changes, fault, secrets] of wrong)
    it(`may not be ${what}`, () => {
      const faults = faultsOf(changes, secrets);
      assert.equal(faults.length, 1, faults.join("\n"));
      assert.match(faults[0] ?? "", fault);
    });

  for (const text of [
    "api-key",
    "[]",
    '{"api-key":5}',
    '{"api-key":"short"}',
    '{"content-length":"1234567"}',
    '{"Host":"logs.example.com"}',
    '{"api key":"0123456789"}',
    '{"api-key":"0123456789\\r\\nx: y"}',
    JSON.stringify({ "api-key": "x".repeat(1001) }),
    JSON.stringify(Object.fromEntries([1, 2, 3, 4, 5, 6].map((number) => [`key-${number}`, "0123456789"]))),
  ])
    it(`has no headers like ${text.slice(0, 40)}`, () => {
      const faults = faultsOf({ protocol: "otlp" }, { logHeaders: text });
      assert.equal(faults.length, 1, faults.join("\n"));
      assert.match(faults[0] ?? "", /^ams:logHeaders: got a secret of \d+ characters in the wrong format/);
    });
});
