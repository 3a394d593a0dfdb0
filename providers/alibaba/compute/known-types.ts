import { nearestName } from "../../../model/nearest-name.ts";
import type { TypeFacts } from "../../shared/check-types.ts";
import { exampleImage } from "../schema.ts";

/**
 * x86 families of ECS, as its page "Overview of instance families" lists them
 * (www.alibabacloud.com/help/en/ecs/user-guide/overview-of-instance-families), recommended or not, and its older
 * editions and the page "Retired instance types" had them; and g7h, g8ise and gn8v, which the tables of both sites
 * have and that list has not. ARM has a check of its own. The provider's SDK has no list.
 */
const families: readonly string[] = [
  // General, compute and memory, by generation.
  ...["g5", "g6", "g6a", "g6e", "g7", "g7a", "g8a", "g8ae", "g8i", "g9a", "g9ae", "g9i"],
  ...["c5", "c6", "c6a", "c6e", "c7", "c7a", "c8a", "c8ae", "c8i", "c9a", "c9ae", "c9i", "ic5"],
  ...["r5", "r6", "r6a", "r6e", "r7", "r7a", "r8a", "r8ae", "r8i", "r9a", "r9ae", "r9i"],
  ...["sn1ne", "sn2ne", "se1", "se1ne", "u1", "u2a", "u2i"],
  // With more storage, network, security or memory.
  ...["g7se", "c7se", "r7se", "g8ise", "g5ne", "g7ne", "g7nex", "g8ine", "c7nex", "c8ine"],
  ...["g6t", "c6t", "g7t", "c7t", "r7t", "g9it", "r9it", "g7h", "re4", "re4e", "re6", "re6p", "re8"],
  // High frequency, shared and burstable.
  ...["hfc5", "hfc6", "hfc7", "hfc8i", "hfc9i", "hfg5", "hfg6", "hfg7", "hfg8i", "hfg9i"],
  ...["hfr6", "hfr7", "hfr8i", "hfr9i", "e", "e4", "mn4", "n4", "t5", "t6", "v5", "xn4"],
  // Local disks.
  ...["d1ne", "d2c", "d2s", "d3c", "d3s"],
  ...["i2", "i2g", "i2gne", "i2ne", "i3", "i3g", "i4", "i4g", "i4p", "i4r", "i5", "i5e", "i5g", "i5ge"],
  // GPUs.
  ...["gn5", "gn5i", "gn6e", "gn6i", "gn6v", "gn7", "gn7e", "gn7i", "gn7s", "gn8is", "gn8v"],
  ...["sgn7i", "sgn8ia", "vgn6i", "vgn7i"],
  // Of older editions of both pages.
  ...["sn1", "sn2", "n1", "n2", "e3", "d1", "i1", "f1", "f3", "ga1", "gn4", "vgn5i"],
];
const listed: ReadonlySet<string> = new Set(families);

/** ecs.<family>[-<variant>].<size>, such as ecs.gn6i-c4g1.xlarge; bare metal and clusters by their prefix. */
function isListed(type: string): boolean {
  if (!type.startsWith("ecs.")) return true;
  const [, family = "", size = ""] = /^ecs\.([a-z0-9]+)(?:-[a-z0-9]+)*\.([a-z0-9-]+)$/.exec(type) ?? [];
  // ARM has a fault of its own.
  const isFamily = listed.has(family) || /^((ebm|scc)[a-z]+\d[a-z]*|[a-z]+\d+[ry])$/.test(family);
  return isFamily && /^(nano|tiny|small|medium|large|[2-9]?xlarge|[1-9]\d{1,2}xlarge|\d+xhmem)$/.test(size);
}

/** gn, vgn, sgn and their bare metal carry GPUs of NVIDIA; ga1 is AMD's, ebmgi6s Intel's. */
function gpuOf(type: string): ReturnType<TypeFacts["gpuOf"]> {
  const family = type.split(".")[1] ?? "";
  if (/^(ga|ebmga|ebmgi)\d/.test(family)) return "other";
  return /^(v|s|ebm|scc)?gn\d/.test(family) ? "nvidia" : "none";
}

const usualSizes = ["large", "xlarge", ...[2, 3, 4, 6, 8, 13, 16, 26, 32].map((times) => `${times}xlarge`)];

/** A type of the same family with a size that families have. */
function nearestOf(type: string): string | undefined {
  const [family = "", size = ""] = type.split(/\.(?=[^.]*$)/);
  const nearest = nearestName(size, usualSizes);
  const whole = `${family}.${nearest}`;
  return nearest !== undefined && isListed(whole) ? whole : undefined;
}

export const typeFacts: TypeFacts = {
  cloud: "alibaba",
  list: "the ECS instance family list of 2026-11-29",
  isListed,
  nearestOf,
  gpuOf,
  example: "ecs.c6e.xlarge",
  gpuExample: "ecs.gn6i-c4g1.xlarge",
  gpuImage: exampleImage,
};
