import { type Fault, show } from "../../config/fault.ts";
import { checkForm } from "../../config/form.ts";
import { type Handle, isKnown } from "../../config/handle.ts";
import { removePath, setPath } from "../../config/remedy/command.ts";
import type { Cluster } from "../../config/types.ts";
import { databaseMembers } from "../../model/groups/database.ts";
import { checkGpu, checkListed } from "../shared/check-types.ts";
import { checkCluster, checkStore, type Texts } from "./check-cluster.ts";
import { checkSchedule, checkUpgrade } from "./check-groups.ts";
import { checkName } from "./check-names.ts";
import { checkDatabaseType, checkTypes } from "./compute/instance-types.ts";
import { typeFacts } from "./compute/known-types.ts";
import { checkShared } from "./network/address-pool.ts";
import { imageRegions, ownImage, type Settings, schema } from "./schema.ts";

export interface CheckedSettings {
  readonly faults: readonly Fault[];
  /** There only without faults. */
  readonly settings?: Settings;
}

export function checkSettings(block: unknown, cluster: Cluster | undefined, texts: Texts): CheckedSettings {
  const { data, faults } = checkForm<Settings>("alibaba", schema, withImages(block), {
    cloud: "alibaba",
    region: cluster?.region,
  });
  const own = data === undefined ? [] : [...checkTypes(data), ...checkListed(typeFacts, data)];
  const crossed = cluster === undefined ? [] : checkCluster(cluster);
  const both = cluster === undefined || data === undefined ? [] : checkBoth(data, cluster, texts);
  const all = [...faults, ...own, ...crossed, ...both];
  return data === undefined || all.length > 0 ? { faults: all } : { faults: [], settings: data };
}

/** What the block and the cluster don't say together. In standalone mode the database's settings wait for the way back. */
function checkBoth(settings: Settings, cluster: Cluster, texts: Texts): readonly Fault[] {
  const ofDatabase = [...checkDatabaseType(settings, cluster), ...checkSnapshots(settings, cluster)];
  return [
    ...checkImages(settings, cluster),
    ...checkGpu(typeFacts, settings, cluster),
    ...checkStore(settings, cluster, texts),
    ...checkName(settings, cluster),
    ...checkSchedule(settings, cluster),
    ...checkUpgrade(settings, cluster),
    ...checkShared(settings, cluster),
    ...(cluster.mode === "standalone" ? [] : ofDatabase),
  ];
}

function checkSnapshots({ databaseSnapshots }: Settings, cluster: Cluster): readonly Fault[] {
  const members = databaseMembers(cluster);
  return Object.entries(databaseSnapshots).flatMap(([key, id]) => {
    const path = `ams:alibaba.databaseSnapshots.${key}`;
    const home = id === undefined ? undefined : imageRegions[id.slice(2, 5)];
    if (id === undefined) return [];
    if (Number(key.slice(2)) > members) {
      const got = `${show(id)} while ams:database.kind is ${cluster.database.kind}`;
      return [{ path, got, allowed: "at most one snapshot per database member", fix: removePath(path) }];
    }
    if (home === undefined || home === cluster.region) return [];
    const got = `${show(id)}, a snapshot in ${home}`;
    const allowed = `a snapshot in ${cluster.region}, for example a copy of this snapshot`;
    return [{ path, got, allowed, fix: setPath(path, idIn(cluster.region, id)) }];
  });
}

/** Of the marketplace or the owner's: the Security Center's agent comes with Alibaba Cloud's own images only. */
export const isOwnImage = (image: Handle): boolean => !isKnown(image) || ownImage.test(image);

/** Without `images` the fault names the one that is missing and not the group. */
const withImages = (block: unknown): unknown =>
  block === undefined || (typeof block === "object" && block !== null) ? { images: {}, ...block } : block;

function checkImages({ images }: Settings, { region }: Cluster): readonly Fault[] {
  return Object.entries(images).flatMap(([key, id]) => {
    const home = id !== undefined && isKnown(id) && id.startsWith("m-") ? imageRegions[id.slice(2, 5)] : undefined;
    if (home === undefined || home === region) return [];
    const path = `ams:alibaba.images.${key}`;
    const got = `${show(id)}, an image in ${home}`;
    const allowed = `an image in ${region} (alicloud:region): a copy of this image, or the marketplace image in that region`;
    return [{ path, got, allowed, fix: setPath(path, idIn(region, String(id))) }];
  });
}

/** The form of an id of another region, as an example: the first three characters say the region. */
function idIn(region: string, id: string): string {
  const prefix = Object.entries(imageRegions).find(([, home]) => home === region)?.[0] ?? "abc";
  return id.replace(/-.{3}/, `-${prefix}`);
}
