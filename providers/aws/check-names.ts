import { type Fault, show, shownStep } from "../../config/fault.ts";
import { removeOf, removePath, setPath } from "../../config/remedy/command.ts";
import type { Cluster } from "../../config/types.ts";
import { proxyOf } from "../../model/traffic/balancer.ts";
import { unsupported } from "../contract.ts";

/** Names, tags and addresses that AWS refuses, or takes and then never serves. */
export const checkNames = (cluster: Cluster): readonly Fault[] => [
  ...checkName(cluster),
  ...checkDomain(cluster),
  ...checkTags(cluster),
  ...checkWebhooks(cluster),
];

/**
 * The cluster's name begins those of its resources. A security group's may not begin with `sg-` (EC2, CreateSecurityGroup)
 * and a balancer's not with `internal-` (Elastic Load Balancing, CreateLoadBalancer).
 */
function checkName({ name }: Cluster): readonly Fault[] {
  const begin = ["sg-", "internal-"].find((prefix) => `${name}-`.startsWith(prefix));
  if (begin === undefined) return [];
  const allowed = `a name that does not begin with ${begin}`;
  return [unsupported("ams:name", name, "aws", allowed, setPath("ams:name", "live"))];
}

/** Octets of a certificate's first name (AWS Certificate Manager, RequestCertificate, DomainName). */
const maxCertificateName = 64;

function checkDomain(cluster: Cluster): readonly Fault[] {
  const { domain, certificate } = cluster;
  if (domain === undefined || certificate.source !== "issued" || proxyOf(cluster) !== undefined) return [];
  const octets = Buffer.byteLength(domain.name);
  if (octets <= maxCertificateName) return [];
  const allowed = [
    `at most ${maxCertificateName} characters if ams:certificate.source is issued`,
    `ACM rejects longer names; this name has ${octets} characters`,
  ] as const;
  const fix = setPath("ams:domain.name", `live.${domain.zone}`);
  return [unsupported("ams:domain.name", domain.name, "aws", allowed, fix)];
}

/** A resource holds fifty tags (AWS, "Tag naming limits and requirements"). A data volume has most of the program's own. */
const programsTags = ["ams-cluster", "ams-cluster-data", "Name"];
const maxOwnTags = 50 - programsTags.length;

/**
 * IAM knows no case in the keys of tags (IAM user guide, "Tags for IAM resources"): a role takes one of `Team` and `team`,
 * and a condition on `ams-cluster` would find what stands under `AMS-Cluster`.
 */
function checkTags({ tags }: Cluster): readonly Fault[] {
  const keys = Object.keys(tags);
  const faults = keys.flatMap((key, index): readonly Fault[] => {
    const path = shownStep("ams:tags", key);
    const fix = removePath(path);
    const isSame = (other: string): boolean => other.toLowerCase() === key.toLowerCase();
    if (/^aws:/i.test(key)) return [unsupported(path, tags[key], "aws", "a key that does not begin with aws:", fix)];
    const twin = [...programsTags, ...keys.slice(0, index)].find(isSame);
    if (twin === undefined) return [];
    const allowed = [
      `a key that differs from ${twin} in more than capitalization`,
      "IAM ignores capitalization",
    ] as const;
    return [unsupported(path, tags[key], "aws", allowed, fix)];
  });
  if (keys.length <= maxOwnTags) return faults;
  const many = {
    path: "ams:tags",
    got: `${keys.length} tags`,
    allowed: `at most ${maxOwnTags} tags on AWS: a resource can have 50, and the program adds ${programsTags.length}`,
    fix: removeOf(
      "ams:tags",
      keys.slice(maxOwnTags).map((key) => shownStep("ams:tags", key)),
    ),
  };
  return [...faults, many];
}

/**
 * Hosts of chat services. SNS sends nothing to an HTTPS address until that has called the URL in SNS's first message (SNS
 * developer guide, "Subscribing an HTTPS endpoint to a topic"), and a chat's webhook calls nothing. AWS's way is a program
 * between the two, or Amazon Q Developer in chat applications (repost.aws/knowledge-center/sns-lambda-webhooks-chime-slack-teams).
 */
const chats = [
  ...["hooks.slack.com", "hooks.slack-gov.com", "discord.com", "discordapp.com", "chat.googleapis.com"],
  ...["hooks.chime.aws", "outlook.office.com", "webhook.office.com"],
];

function checkWebhooks({ alarms: { webhooks } }: Cluster): readonly Fault[] {
  return webhooks.flatMap((webhook, index) => {
    const host = URL.canParse(webhook) ? new URL(webhook).hostname : "";
    if (!chats.some((chat) => host === chat || host.endsWith(`.${chat}`))) return [];
    const path = `ams:alarms.webhooks[${index}]`;
    return [
      {
        path,
        // Whoever has such an address can write into the channel.
        got: show(`https://${host}/...`),
        allowed:
          "on AWS, a URL that confirms its SNS subscription, which chat webhooks cannot do. Subscribe Amazon Q Developer in chat " +
          "applications to the topic, or use a relay such as a Lambda function URL",
        fix: removePath(path),
      },
    ];
  });
}
