import { assertNever } from "../../model/cluster.ts";
import { databaseMembers } from "../../model/groups/database.ts";
import { databaseAddress, memberZone } from "../../model/network/network.ts";
import { toResources } from "../../recording/read/plain.ts";
import type { DatabaseNode, Member } from "./form.ts";
import { instanceTypeOf, type Planned } from "./planned.ts";
import { words } from "./words.ts";

/** The database under the name of the service that runs it, with its members' zones. */
export function toDatabase(planned: Planned): DatabaseNode | undefined {
  const { database, cloud } = planned.cluster;
  switch (database.kind) {
    case "instance":
    case "replica-set": {
      const size = database.kind === "instance" ? "one" : "three";
      const disk = `${database.diskGiB} GiB volume${database.kind === "instance" ? "" : " each"}`;
      return {
        title: `MongoDB ${database.version}, replica set of ${size}`,
        detail: `${instanceTypeOf(planned, "database")} · ${disk}`,
        members: ownMembers(planned),
      };
    }
    case "managed": {
      const { type, members } = managedMembers(planned);
      return { title: `${words[cloud].database} ${database.version}`, detail: type, members };
    }
    case "external":
      return { title: "External MongoDB", detail: "URL in the secret ams:databaseUrl", members: [] };
    case "none":
      return undefined;
    default:
      return assertNever(database);
  }
}

function ownMembers({ cluster }: Planned): readonly Member[] {
  const { network } = cluster;
  return Array.from({ length: databaseMembers(cluster) }, (_, index) => ({
    name: `member ${index + 1}`,
    zone: network.zones[memberZone(network, index)] ?? "",
    address: databaseAddress(network, index),
  }));
}

/** An availability zone's name ends with its letter on both clouds. */
const letterOf = (zone: unknown): string => String(zone).slice(-1);

/** The service's nodes, as the plan places them. */
function managedMembers({ recording, stack }: Planned): { readonly type: string; readonly members: readonly Member[] } {
  const all = toResources(recording.resources);
  const instances = all.filter(({ type }) => type === "aws:docdb/clusterInstance:ClusterInstance");
  const [mongo] = all.filter(({ type }) => type === "alicloud:mongodb/instance:Instance");
  const found = instances[0] ?? mongo;
  if (found === undefined) throw new Error(`the plan for ${stack} has no managed database`);
  const { zoneId, secondaryZoneId = zoneId, hiddenZoneId = zoneId, instanceClass, dbInstanceClass } = found.props;
  const zones =
    mongo === undefined
      ? instances.map(({ props }) => props["availabilityZone"])
      : [zoneId, secondaryZoneId, hiddenZoneId];
  return {
    type: String(instanceClass ?? dbInstanceClass),
    members: zones.map((zone, index) => ({ name: `node ${index + 1}`, zone: letterOf(zone), address: "" })),
  };
}
