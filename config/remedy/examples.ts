import { partitionOf } from "../../model/network/partitions.ts";
import type { Place } from "./shape.ts";

/** Ids as each cloud forms them, for faults to show. */

const hex = "0123456789abcdef0";
const uuid = "01234567-89ab-cdef-0123-456789abcdef";

/** An id whose form is the same in all regions of a cloud. */
const id = (aws: string, alibaba: string) => (place: Place) => (place.cloud === "alibaba" ? alibaba : aws);

const arn = (service: string, resource: string, { region = "ap-south-1" }: Place): string =>
  `arn:${partitionOf(region).id}:${service}:${region}:123456789012:${resource}/${uuid}`;

/**
 * Certificate Management Service has two homes, one for the Chinese mainland and one for all other regions; an id's
 * suffix names the home, whatever the listener's region (certimate issues 827 and 1283).
 */
export const certificateHome = (region = "eu-central-1"): string =>
  region.startsWith("cn-") && region !== "cn-hongkong" ? "cn-hangzhou" : "ap-southeast-1";

const certificateId = (place: Place): string =>
  place.cloud === "alibaba" ? `12345678-${certificateHome(place.region)}` : arn("acm", "certificate", place);

export const examples = {
  network: id(`vpc-${hex}`, "vpc-gw8123456789abcdefghi"),
  subnet: id(`subnet-${hex}`, "vsw-gw8123456789abcdefghi"),
  group: id(`sg-${hex}`, "sg-gw8123456789abcdefgh"),
  key: (place: Place) => (place.cloud === "alibaba" ? "key-gww8123456789abcdefgh" : arn("kms", "key", place)),
  certificateId,
  /** CloudFront takes certificates of one region alone. */
  cdnCertificateId: (place: Place) =>
    certificateId(place.cloud === "alibaba" ? place : { ...place, region: "us-east-1" }),
  certificate: (place: Place) =>
    place.cloud === "alibaba" ? { source: "existing", id: certificateId(place) } : { source: "issued" },
} as const;
