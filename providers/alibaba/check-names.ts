import { type Fault, show, shownStep } from "../../config/fault.ts";
import { removeOf, removePath, setPath } from "../../config/remedy/command.ts";
import type { Cluster } from "../../config/types.ts";
import { unsupported } from "../contract.ts";
import type { Settings } from "./schema.ts";

/** What no parameter's name may begin with (OOS, ALIYUN::OOS::SecretParameter, SecretParameterName); taken in any case. */
const keptByOos = ["aliyun", "acs", "alibaba", "alicloud", "oos"];

/** The cluster's name begins those of its secrets. */
export function checkName({ secretStore }: Settings, { name }: Cluster): readonly Fault[] {
  const begin = keptByOos.find((prefix) => name.startsWith(prefix));
  if (secretStore !== "oos" || begin === undefined) return [];
  const allowed = [
    `a name that does not begin with any of ${keptByOos.join(", ")}`,
    "OOS rejects secret names with these prefixes",
  ] as const;
  return [unsupported("ams:name", name, "alibaba", allowed, setPath("ams:name", "live"))];
}

/** A resource holds twenty tags; two are the program's. */
const maxOwnTags = 18;

export function checkTags({ tags }: Cluster): readonly Fault[] {
  const bad = Object.entries(tags)
    .filter((pair) => pair.some((text) => /^(aliyun|acs:|https?:\/\/)/.test(text)))
    .map(([key, value]) => ({
      path: shownStep("ams:tags", key),
      got: show(value),
      allowed: "on Alibaba Cloud, keys and values that do not begin with aliyun, acs:, http:// or https://",
      fix: removePath(shownStep("ams:tags", key)),
    }));
  const count = Object.keys(tags).length;
  const surplus = Object.keys(tags)
    .slice(maxOwnTags)
    .map((key) => shownStep("ams:tags", key));
  if (count <= maxOwnTags) return bad;
  const many = {
    path: "ams:tags",
    got: `${count} tags`,
    allowed: `at most ${maxOwnTags} tags on Alibaba Cloud`,
    fix: removeOf("ams:tags", surplus),
  };
  return [...bad, many];
}
