import { alibabaType } from "../../../recording/alibaba/types.ts";
import { awsType } from "../../../recording/aws/types.ts";
import {
  agentTexts,
  bootBytesOf,
  bootTextOf,
  bootTypes,
  maxBytesOf,
  spreadOut,
} from "../../../recording/read/boot-text.ts";
import { objectTypes } from "../../../recording/read/buckets.ts";
import { ofType, targetOf } from "../../../recording/read/links.ts";
import { frontGroups, groupTemplates, templateOf } from "../../../recording/read/machines.ts";
import { type Found, isUnknown, show, valueAt } from "../../../recording/read/plain.ts";
import { byCloud, type Fault, type Resource, type Rule } from "../../rule.ts";

const pinnedIds: Readonly<Record<string, RegExp>> = {
  [awsType.template]: /^ami-[0-9a-f]+$/,
  // An image of one's own or of the marketplace, or a public one with its date.
  [alibabaType.template]: /^m-[a-z0-9]+$|_\d{8}\.vhd$/,
};

/** Canonical's newest Ubuntu: proxies and TURN servers hold nothing, and take their packages from the same archive when they boot. */
const isNewestUbuntu = (image: Found): boolean =>
  /^resolve:ssm:\/aws\/service\/canonical\/ubuntu\/server\/\d\d\.04\/stable\//.test(String(image));

const pinnedImages: Rule = {
  id: "group-images-are-pinned",
  concern: "images",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands:
    "All machines in a group use the same pinned image. Only proxies and TURN servers can use the current Ubuntu image instead",
  remedy: "set a fixed image id, and change it only through a rolling replacement",
  looksAt: byCloud([awsType.template, alibabaType.template]),
  find: (all) =>
    groupTemplates(all).flatMap((on): readonly Fault[] => {
      const image = on.props["imageId"];
      const isFront = frontGroups(all).some((group) => templateOf(all, group) === on);
      if (isFront && isNewestUbuntu(image)) return [];
      const isPinned = isUnknown(image) || (typeof image === "string" && pinnedIds[on.type]?.test(image) === true);
      return isPinned ? [] : [{ on, fault: `imageId is ${show(image)}, but must be a fixed image id` }];
    }),
};

const groupsUseTemplates: Rule = {
  id: "groups-use-launch-templates",
  concern: "images",
  sources: { aws: ["FSBP AutoScaling.9", "CKV_AWS_315"], alibaba: ["own"] },
  demands: "A scaling group starts its machines from a launch template",
  remedy: "assign a launch template to the group",
  looksAt: byCloud([awsType.group, alibabaType.group]),
  find: (all) =>
    ofType(all, awsType.group, alibabaType.group)
      .filter(
        ({ props }) => !["launchTemplate", "mixedInstancesPolicy", "launchTemplateId"].some((key) => key in props),
      )
      .map((on) => ({ on, fault: "it has no launch template" })),
};

type Architecture = "arm64" | "x86_64";

/** Graviton families end with g after their number, as in c7g or c6gn; g5g too. ECS: r for Ampere, y for Yitian. */
function architectureOf(type: Found): Architecture | undefined {
  if (typeof type !== "string" || isUnknown(type)) return undefined;
  const family = type.replace(/^ecs\./, "").split(".")[0] ?? "";
  const arm = type.startsWith("ecs.") ? /^[a-z]+\d+[ry]/ : /^(a1|[a-z]+\d+g[a-z]*)$/;
  return arm.test(family) ? "arm64" : "x86_64";
}

/** Only public images have it in their names; undefined for the others. */
function imageArchitecture(image: Found): Architecture | undefined {
  if (typeof image !== "string" || isUnknown(image)) return undefined;
  if (/arm64|aarch64/.test(image)) return "arm64";
  return /amd64|x86_64|_x64_/.test(image) ? "x86_64" : undefined;
}

const sameArchitecture: Rule = {
  id: "image-fits-machine",
  concern: "images",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands: "The architecture in an image's name matches that of the machine's processor",
  remedy: "use an image for the machine's processor architecture",
  looksAt: byCloud(bootTypes),
  find: (all) =>
    ofType(all, ...bootTypes).flatMap((on): readonly Fault[] => {
      const template = targetOf(all, valueAt(on.props, "launchTemplate.id"));
      const image = on.props["imageId"] ?? on.props["ami"] ?? template?.props["imageId"];
      const [machine, wanted] = [architectureOf(on.props["instanceType"]), imageArchitecture(image)];
      if (machine === undefined || wanted === undefined || machine === wanted) return [];
      return [{ on, fault: `${show(on.props["instanceType"])} is ${machine}, but ${show(image)} is ${wanted}` }];
    }),
};

function bootFaults(on: Resource): readonly string[] {
  const [text, bytes, maxBytes] = [bootTextOf(on) ?? "#!", bootBytesOf(on), maxBytesOf(on)];
  return [
    ...(bytes > maxBytes ? [`its user data is ${bytes} bytes long; the limit is ${maxBytes}`] : []),
    ...(/^#(cloud-config\b|!)/.test(text) ? [] : ["its user data begins with neither #cloud-config nor #!"]),
  ];
}

const bootable: Rule = {
  id: "user-data-boots",
  concern: "images",
  sources: { aws: ["own"], alibaba: ["own"] },
  demands: "User data is in a format that cloud-init supports, and does not exceed the cloud's size limit",
  remedy: "start the user data with #cloud-config or #!, and compress the files that it contains",
  looksAt: byCloud(bootTypes),
  find: (all) => ofType(all, ...bootTypes).flatMap((on) => bootFaults(on).map((fault) => ({ on, fault }))),
};

const credentials: Readonly<Record<string, RegExp>> = {
  "a URI with a password": /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"'<>{}$%*]+:[^\s/@"'<>{}$%*]+@/i,
  "a private key": /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  "an access key": /\b(AKIA|ASIA)[A-Z0-9]{16}\b|\bLTAI[A-Za-z0-9]{12,20}\b/,
  "set -x, which logs every value": /^\s*set\s+-[a-wyz]*x/m,
};

function leaksIn(on: Resource): readonly string[] {
  const texts = objectTypes.includes(on.type) ? agentTexts(on) : spreadOut(bootTextOf(on) ?? "");
  return Object.keys(credentials).filter((what) => texts.some((text) => credentials[what]?.test(text)));
}

const noCredentials: Rule = {
  id: "user-data-has-no-credentials",
  concern: "images",
  sources: { aws: ["CKV_AWS_46", "own"], alibaba: ["own"] },
  demands:
    "User data and agents neither contain nor log credentials, because every process on the machine can read them",
  remedy: "read the credential from the secret store at boot",
  looksAt: byCloud([...bootTypes, ...objectTypes]),
  find: (all) =>
    ofType(all, ...bootTypes, ...objectTypes).flatMap((on) =>
      leaksIn(on).map((what) => ({
        on,
        fault: `${objectTypes.includes(on.type) ? "it" : "its user data"} contains ${what}`,
      })),
    ),
};

export const images: readonly Rule[] = [pinnedImages, groupsUseTemplates, sameArchitecture, bootable, noCredentials];
