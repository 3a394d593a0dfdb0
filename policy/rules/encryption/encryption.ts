import { webPorts } from "../../../model/traffic/listeners.ts";
import { alibabaType } from "../../../recording/alibaba/types.ts";
import { awsType } from "../../../recording/aws/types.ts";
import { listenerTypes } from "../../../recording/read/balancing.ts";
import { isResolved, ofType, targetOf } from "../../../recording/read/links.ts";
import { type Found, isUnknown, listAt, same, valueAt } from "../../../recording/read/plain.ts";
import { expecting, faultsOf, is, oneOf } from "../../expect.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../../rule.ts";
import { encryptedFiles } from "../durability/bucket-contents.ts";
import { bucketsOverTls } from "../exposure/bucket-access.ts";
import { type Answer, answersTo, webListeners } from "../exposure/web.ts";
import { encryptedTopics, rotatedKeys } from "../logging/alarms.ts";
import { databaseTls, oneKey } from "./keys.ts";

/** A path as an application's, which only a rule for all paths matches besides the default. */
const anyPath = "/app/any/path";

const staysClear = (action: Answer): boolean => action === "forward" || action === "stray";

/** Each published port in clear with the one of TLS that belongs to it (model/traffic/listeners.ts). */
const twins: Readonly<Record<number, number>> = Object.fromEntries(
  Object.values(webPorts).map(({ http, https }) => [http, https]),
);

/** In front of proxies a listener knows no protocol: at least there has to be a port of TLS to be sent to. */
function clearFronts(all: readonly Resource[]): readonly Fault[] {
  const fronts = ofType(all, awsType.listener, alibabaType.streamListener).filter(
    ({ props }) => (props["protocol"] ?? props["listenerProtocol"]) === "TCP",
  );
  const portOf = ({ props }: Resource): Found => props["port"] ?? props["listenerPort"];
  if (fronts.some((on) => isUnknown(portOf(on)))) return [];
  const ports = fronts.map((on) => Number(portOf(on)));
  return fronts.flatMap((on, index): readonly Fault[] => {
    const twin = twins[ports[index] ?? 0];
    return twin === undefined || ports.includes(twin) ? [] : [{ on, fault: "it accepts unencrypted requests" }];
  });
}

const plainRedirects: Rule = {
  id: "plain-http-only-redirects",
  concern: "encryption",
  sources: { aws: ["FSBP ELB.1", "CKV_AWS_2", "CKV2_AWS_20"], alibaba: ["own"] },
  demands: "A listener without TLS redirects requests to HTTPS or rejects them",
  remedy: "set ams:balancer.http to redirect, and configure a certificate",
  looksAt: byCloud([...listenerTypes, alibabaType.streamListener]),
  find: (all) => [
    ...clearFronts(all),
    ...webListeners(all).flatMap((listener): readonly Fault[] => {
      if (listener.encrypted) return [];
      const own = listener.rules.filter(({ action, uncertain }) => !uncertain && staysClear(action));
      const stays = own.length > 0 || answersTo(listener, anyPath).some(staysClear);
      return stays ? [{ on: listener.on, fault: "it accepts unencrypted requests" }] : [];
    }),
  ],
};

/** Policies that refuse TLS 1.0 and 1.1 and ciphers without forward secrecy; both clouds' lists of predefined policies. */
const awsTls = [
  "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
  "ELBSecurityPolicy-FS-1-2-Res-2020-10",
];
const alibabaTls = ["tls_cipher_policy_1_2_strict", "tls_cipher_policy_1_2_strict_with_1_3"];

const isTls = ({ props }: Resource): boolean =>
  ["HTTPS", "TLS", "QUIC", "TCPSSL"].includes(String(props["protocol"] ?? props["listenerProtocol"]));

const modernTls: Rule = {
  id: "modern-tls",
  concern: "encryption",
  sources: {
    aws: ["FSBP ELB.17", "CKV_AWS_103", "CKV2_AWS_74"],
    alibaba: ["custom rule, similar to CKV_ALI_33, which covers only the classic SLB"],
  },
  demands:
    "Each TLS listener has a security policy that requires TLS 1.2 or newer with forward secrecy. The clouds' default policies allow older versions of TLS",
  remedy: "set the listener's policy to one that requires TLS 1.2 or newer with forward secrecy",
  ...expecting(
    {
      [awsType.listener]: [oneOf("sslPolicy", awsTls)],
      [alibabaType.webListener]: [oneOf("securityPolicyId", alibabaTls)],
      [alibabaType.streamListener]: [oneOf("securityPolicyId", alibabaTls)],
    },
    isTls,
  ),
};

const diskPaths: Readonly<Record<string, readonly string[]>> = {
  [awsType.volume]: ["encrypted"],
  [awsType.template]: ["blockDeviceMappings[].ebs.encrypted"],
  [awsType.database]: ["storageEncrypted"],
  [alibabaType.database]: ["encrypted"],
  [alibabaType.disk]: ["encrypted"],
  [alibabaType.template]: ["systemDisk.encrypted"],
  [alibabaType.instance]: ["systemDiskEncrypted"],
};

/** Further disks, each of which has to be encrypted if it is there. */
const moreDisks: Readonly<Record<string, string>> = {
  [awsType.instance]: "ebsBlockDevices[]",
  [alibabaType.template]: "dataDisks[]",
  [alibabaType.instance]: "dataDisks[]",
};

const encryptedDisks: Rule = {
  id: "encrypted-disks",
  concern: "encryption",
  sources: {
    aws: ["FSBP EC2.3", "CKV_AWS_3", "CKV_AWS_8", "CKV2_AWS_2", "CKV_AWS_74"],
    alibaba: ["Config ecs-disk-encrypted", "CKV_ALI_7", "CKV_ALI_32", "own for system disks"],
  },
  demands: "Every disk is encrypted: root disks, data disks, disks in launch templates, and managed database storage",
  remedy: "enable encryption; to encrypt an existing disk, create an encrypted copy from a snapshot",
  looksAt: byCloud([...Object.keys(diskPaths), awsType.instance]),
  find: (all) =>
    all.flatMap((on) => [
      ...faultsOf(
        on,
        (diskPaths[on.type] ?? []).map((path) => is(path, true)),
      ),
      ...unencrypted(on, listAt(on.props, moreDisks[on.type] ?? "")),
      ...(on.type === awsType.instance ? rootOf(all, on) : []),
    ]),
};

function unencrypted(on: Resource, disks: readonly Found[]): readonly Fault[] {
  const wrong = disks.filter((disk) => {
    const value = valueAt(disk, "encrypted");
    return !isUnknown(value) && !same(value, true);
  });
  return wrong.length === 0 ? [] : [{ on, fault: `it has unencrypted data disks (${wrong.length})` }];
}

/** The root disk is as the launch template says, which is looked at itself, unless the machine says otherwise. */
function rootOf(all: readonly Resource[], on: Resource): readonly Fault[] {
  const own = valueAt(on.props, "rootBlockDevice");
  const template = valueAt(on.props, "launchTemplate.id") ?? valueAt(on.props, "launchTemplate.name");
  const isSaidElsewhere =
    template !== undefined && (targetOf(all, template) !== undefined || !isResolved(all, template));
  if (own === undefined && (isSaidElsewhere || isUnknown(valueAt(on.props, "launchTemplate")))) return [];
  return faultsOf(on, [is("rootBlockDevice.encrypted", true)]);
}

export const encryption: readonly Rule[] = [
  plainRedirects,
  modernTls,
  encryptedDisks,
  bucketsOverTls,
  encryptedFiles,
  encryptedTopics,
  rotatedKeys,
  oneKey,
  databaseTls,
];
