import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { behind } from "../proxy/rig.ts";
import { selfSigned } from "../support/self-signed.ts";
import { issue, newFolder } from "./forward/receivers.ts";
import { python } from "./python.ts";
import { remove, unpack } from "./rig.ts";

const own = selfSigned(45).pem;

/** The figure with a certificate, so many days from now, in days; undefined where none is published. */
async function daysLeft(source: string, pem: string, later = 0): Promise<number | undefined> {
  const root = unpack("proxy", behind("nginx"));
  const program = `
import json, sys, time
from common import write
import proxy_certificate, proxy_figures
write(proxy_certificate.PEM, sys.argv[2])
now = time.time() + ${later * 86_400}
time.time = lambda: now
print(json.dumps(proxy_figures.lasts({"certificate": sys.argv[1]})))`;
  const { CertificateExpirySeconds: seconds } = JSON.parse(await python(root, program, [source, pem]));
  remove(root);
  return seconds === undefined ? undefined : Math.round(seconds / 864) / 100;
}

describe("the time until the proxies' certificate expires", () => {
  it("is read from uploaded and from issued certificates", async () => {
    assert.equal(await daysLeft("uploaded", own), 45);
    const folder = newFolder();
    issue(folder);
    const issued = readFileSync(`${folder}/cert.pem`, "utf8");
    remove(folder);
    assert.equal(await daysLeft("issued", issued), 30);
  });

  it("is 0 while the proxy serves a self-signed certificate in place of an issued one", async () => {
    assert.equal(await daysLeft("issued", own), 0);
  });

  it("is 0 after expiry, and is not published without a certificate", async () => {
    assert.equal(await daysLeft("uploaded", own, 46), 0);
    assert.equal(await daysLeft("none", ""), undefined);
  });
});
