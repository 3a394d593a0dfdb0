import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { behind } from "../proxy/rig.ts";
import { selfSigned } from "../support/self-signed.ts";
import { issue, newFolder } from "./forward/receivers.ts";
import { python } from "./python.ts";
import { remove, unpack } from "./rig.ts";

const own = selfSigned(45).pem;

/** The figure with a certificate, so many days from now, in Python's words. */
async function daysLeft(source: string, pem: string, later = 0): Promise<string> {
  const root = unpack("proxy", behind("nginx"));
  const program = `
import sys, time
from common import write
import proxy_certificate, proxy_figures
write(proxy_certificate.PEM, sys.argv[2])
now = time.time() + ${later * 86_400}
time.time = lambda: now
print(proxy_figures.lasts({"certificate": sys.argv[1]}))`;
  const said = await python(root, program, [source, pem]);
  remove(root);
  return said.trim();
}

describe("the days until the proxies' certificate expires", () => {
  it("are whole days, for uploaded and for issued certificates", async () => {
    assert.equal(await daysLeft("uploaded", own), "{'CertificateDaysLeft': 44}");
    const folder = newFolder();
    issue(folder);
    const issued = readFileSync(`${folder}/cert.pem`, "utf8");
    remove(folder);
    assert.equal(await daysLeft("issued", issued), "{'CertificateDaysLeft': 29}");
  });

  it("are 0 while the proxy serves a self-signed certificate in place of an issued one", async () => {
    assert.equal(await daysLeft("issued", own), "{'CertificateDaysLeft': 0}");
  });

  it("are 0 after expiry, and are not published without a certificate", async () => {
    assert.equal(await daysLeft("uploaded", own, 46), "{'CertificateDaysLeft': 0}");
    assert.equal(await daysLeft("none", ""), "{}");
  });
});
