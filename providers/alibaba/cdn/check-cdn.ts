import { withoutCdn } from "../../../config/checks/cdn.ts";
import { absent, type Fault, show } from "../../../config/fault.ts";
import { isKnown } from "../../../config/handle.ts";
import { setPath, stepInto } from "../../../config/remedy/command.ts";
import { examples } from "../../../config/remedy/examples.ts";
import type { Cluster } from "../../../config/types.ts";
import { unsupported } from "../../contract.ts";

/** Number and home of a certificate in Certificate Management Service. */
export const certificateForm = /^(\d+)-(cn-hangzhou|ap-southeast-1)$/;

/**
 * Alibaba Cloud CDN has no name of its own for viewers. It reads private buckets by the functions `l2_oss_key`, whose role
 * AliyunCDNAccessingPrivateOSSRole reads all of an account, and `oss_key_list`, whose argument is an AccessKey in clear.
 */
export function checkCdn(cluster: Cluster): readonly Fault[] {
  const { cdn, domain } = cluster;
  if (cdn === undefined) return [];
  const { certificateId: id } = cdn;
  const faults: Fault[] = [];
  if (cdn.domain === undefined) {
    const path = "ams:cdn.domain";
    const allowed = "your own host name, such as cdn.example.com, because Alibaba Cloud CDN does not assign one";
    faults.push({ path, got: absent, allowed, fix: setPath(path, `cdn.${domain?.zone ?? "example.com"}`) });
  }
  if (id === undefined || (isKnown(id) && !certificateForm.test(id))) {
    const path = "ams:cdn.certificateId";
    const example = examples.cdnCertificateId(cluster);
    const allowed = `a certificate id in Certificate Management Service (its number and site), such as ${example}`;
    faults.push({ path, got: show(id), allowed, fix: setPath(path, example) });
  }
  if (cdn.recordings) {
    const allowed = [
      "false",
      "the CDN can read a private bucket only if its role can access every bucket, or if its configuration contains an AccessKey",
    ] as const;
    faults.push(unsupported("ams:cdn.recordings", true, "alibaba", allowed, setPath("ams:cdn.recordings", false)));
  }
  return [...faults, ...checkTokens(cluster)];
}

/** EdgeScript has HMAC and nowhere to keep a key: it would stand in the domain's configuration (EdgeScript, "Cipher algorithm functions"). */
function checkTokens({ applications = {} }: Cluster): readonly Fault[] {
  const allowed = ["open if ams:cdn is set", "Alibaba Cloud CDN has no secret store for the token key"] as const;
  return Object.entries(applications)
    .filter(([, { play }]) => play === "jwt")
    .map(([name, { play }]) =>
      unsupported(`${stepInto("ams:applications", name)}.play`, play, "alibaba", allowed, withoutCdn),
    );
}
