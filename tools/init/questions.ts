import { certificateHome } from "../../config/remedy/examples.ts";
import type { Cloud } from "../../config/types.ts";
import { exampleImage } from "../../providers/alibaba/schema.ts";
import type { Answers, Key } from "./answers.ts";
import { findHostedZone, findImage, listCertificates, listZones } from "./lookups.ts";

export interface Question {
  readonly key: Key;
  readonly text: (known: Answers) => string;
  /** What an empty answer means; without one the answer is required. */
  readonly usual?: (known: Answers) => string;
  readonly allowed?: readonly string[];
  /** Of one cloud alone. */
  readonly cloud?: Cloud;
  /** The command that finds a value that only the account knows. */
  readonly lookup?: (known: Answers) => string;
  /** The key paths that the answer sets: their faults are the answer's. */
  readonly paths: readonly string[];
  /** In a fault's remedy. */
  readonly example: (known: Answers) => string;
}

/** The zone is seldom a top-level domain. */
const parentOf = ({ domain = "" }: Answers): string => {
  const parent = domain.split(".").slice(1).join(".");
  return parent.includes(".") ? parent : domain;
};

export const questions: readonly Question[] = [
  {
    key: "cloud",
    text: () => "Cloud: aws or alibaba",
    allowed: ["aws", "alibaba"],
    paths: ["ams:cloud"],
    example: () => "aws",
  },
  {
    key: "region",
    text: ({ cloud }) =>
      `Region, such as ${cloud === "alibaba" ? "eu-central-1 or ap-southeast-1" : "eu-west-1 or us-east-1"}`,
    paths: ["aws:region", "alicloud:region"],
    example: () => "eu-central-1",
  },
  {
    key: "zones",
    text: () => "Letters of two or more zones in the region",
    usual: () => "a,b",
    lookup: listZones,
    paths: ["ams:network.zones"],
    example: () => "a,b",
  },
  {
    key: "domain",
    text: () => "Host name of the service, such as live.example.com",
    paths: ["ams:domain.name"],
    example: () => "live.example.com",
  },
  {
    key: "zone",
    text: () => "DNS zone that contains the host name",
    usual: parentOf,
    paths: ["ams:domain.zone"],
    example: () => "example.com",
  },
  {
    key: "publishers",
    text: () => "Number of concurrently published streams",
    paths: ["ams:audience.publishers"],
    example: () => "10",
  },
  {
    key: "viewers",
    text: () => "Number of concurrent WebRTC viewers",
    paths: ["ams:audience.viewers"],
    example: () => "500",
  },
  {
    key: "admin",
    text: () => "The administrators' address ranges, such as 203.0.113.7/32; leave empty to block the panel",
    usual: () => "",
    paths: ["ams:access.adminCidrs"],
    example: () => "203.0.113.7/32",
  },
  {
    key: "image",
    text: () => "Id of the AMS image in the region; leave empty to set it later",
    usual: () => "",
    lookup: findImage,
    paths: ["ams:aws.images.media", "ams:alibaba.images.media"],
    example: ({ cloud }) => (cloud === "alibaba" ? exampleImage : "ami-0123456789abcdef0"),
  },
  {
    key: "hostedZone",
    text: () => "Id of the Route 53 hosted zone; leave empty to set it later",
    usual: () => "",
    cloud: "aws",
    lookup: findHostedZone,
    paths: ["ams:aws.hostedZoneId"],
    example: () => "Z0123456789ABC",
  },
  {
    key: "certificate",
    text: ({ region }) =>
      `Certificate id: the certificate number followed by -${certificateHome(region)}; leave empty to set it later`,
    usual: () => "",
    cloud: "alibaba",
    lookup: listCertificates,
    paths: ["ams:certificate.id"],
    example: ({ region }) => `12345678-${certificateHome(region)}`,
  },
];

/** Whether the cloud has such a value. */
export const isAbout = ({ cloud }: Question, known: Answers): boolean => cloud === undefined || cloud === known.cloud;
