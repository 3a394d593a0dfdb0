import { absent, type Fault, show } from "../../config/fault.ts";
import type { Handle } from "../../config/handle.ts";
import { removePath, setCommand, setPath } from "../../config/remedy/command.ts";
import type { Cloud, Cluster } from "../../config/types.ts";
import type { Role } from "../../model/cluster.ts";
import { hasGpu } from "../../model/groups/machine-size.ts";

/** What a cloud's `known-types.ts` says of its instance types. */
export interface TypeFacts {
  readonly cloud: Cloud;
  /** Source and day of the list, for people. */
  readonly list: string;
  readonly isListed: (type: string) => boolean;
  /** A listed type that the text was most likely meant to be. */
  readonly nearestOf: (type: string) => string | undefined;
  /** NVIDIA's GPUs are the ones that AMS transcodes on, with a driver in the image. */
  readonly gpuOf: (type: string) => "nvidia" | "other" | "none";
  readonly example: string;
  readonly gpuExample: string;
  /** An image for GPUs as `pulumi config set` takes it. */
  readonly gpuImage: string;
}

/** The parts of a cloud's own block that say which types and images run. */
export interface TypeSettings {
  readonly instanceTypes: Readonly<Partial<Record<Role | "database" | "proxy" | "turn", string | undefined>>>;
  readonly unlistedTypes: readonly string[];
  readonly images: { readonly gpu?: Handle | undefined };
}

/** A type that does not exist would fail at the first launch, after everything else was made. */
export function checkListed(facts: TypeFacts, { instanceTypes, unlistedTypes }: TypeSettings): readonly Fault[] {
  const { cloud, list, isListed, example } = facts;
  return Object.entries(instanceTypes).flatMap(([use, type]) => {
    if (type === undefined || isListed(type) || unlistedTypes.includes(type)) return [];
    const path = `ams:${cloud}.instanceTypes.${use}`;
    return [
      {
        path,
        got: `${show(type)}, which is not in ${list}`,
        allowed: `a type in this list, such as ${example}, or a newer type that you have added to ams:${cloud}.unlistedTypes`,
        fix: fixOf(facts, use, type, unlistedTypes.length),
      },
    ];
  });
}

/** A type whose family is listed is a slip in its size; any other may be newer than the list. */
function fixOf({ cloud, nearestOf }: TypeFacts, use: string, type: string, count: number): string {
  const nearest = nearestOf(type);
  if (nearest !== undefined) return setPath(`ams:${cloud}.instanceTypes.${use}`, nearest);
  return `To allow a newer type: ${setCommand(`ams:${cloud}.unlistedTypes[${count}]`, type)}`;
}

/** The instance type decides which image a group takes; size, type and image have to agree on whether there is a GPU. */
export function checkGpu(facts: TypeFacts, settings: TypeSettings, cluster: Cluster): readonly Fault[] {
  return [...checkOrigin(facts, settings, cluster), ...checkEdge(facts, settings)];
}

function checkOrigin(facts: TypeFacts, { instanceTypes, images }: TypeSettings, { origin }: Cluster): readonly Fault[] {
  const { cloud, gpuOf, gpuExample, gpuImage } = facts;
  const { origin: type } = instanceTypes;
  const path = `ams:${cloud}.instanceTypes.origin`;
  const gpu = type === undefined ? (hasGpu(origin.machine) ? "nvidia" : "none") : gpuOf(type);
  if (gpu === "other") {
    const allowed = `a type with an NVIDIA GPU such as ${gpuExample}, or a type without a GPU, because the images contain the NVIDIA driver`;
    return [{ path, got: `${show(type)}, whose GPU is not from NVIDIA`, allowed, fix: setPath(path, gpuExample) }];
  }
  if (gpu === "none" && hasGpu(origin.machine)) {
    const got = `${show(type)}, which has no GPU, while ams:origin.machine is ${origin.machine}`;
    const allowed = `a type with a GPU such as ${gpuExample}, or an ams:origin.machine size without a GPU`;
    return [{ path, got, allowed, fix: removePath(path) }];
  }
  if (gpu === "none" || images.gpu !== undefined) return [];
  const why = type === undefined ? `ams:origin.machine is ${origin.machine}` : `${path} is ${type}, which has a GPU`;
  const image = `ams:${cloud}.images.gpu`;
  const allowed = `an AMS image with the NVIDIA driver, because ${why}`;
  return [{ path: image, got: absent, allowed, fix: setPath(image, gpuImage) }];
}

function checkEdge({ cloud, gpuOf, example }: TypeFacts, { instanceTypes: { edge } }: TypeSettings): readonly Fault[] {
  if (edge === undefined || gpuOf(edge) === "none") return [];
  const path = `ams:${cloud}.instanceTypes.edge`;
  const allowed = "a type without a GPU, because edges do not transcode and their image has no GPU driver";
  return [{ path, got: `${show(edge)}, which has a GPU`, allowed, fix: setPath(path, example) }];
}

/** By the size's name, the same on both clouds: large has 2 vCPUs, xlarge 4, 9xlarge 36. EC2's burstable types have 2 below. */
export function vcpusOfType(type: string): number {
  const [, times, size] = /\.(?:metal-)?(\d*)(xlarge|xl|large|medium|small|micro|nano)$/.exec(type) ?? [];
  if (size === "xlarge" || size === "xl") return 4 * Number(times === "" ? 1 : times);
  if (size === "medium") return /^t\d/.test(type) ? 2 : 1;
  return size === "small" && !/^t[34]/.test(type) ? 1 : 2;
}
