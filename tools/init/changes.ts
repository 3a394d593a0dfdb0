import type { Audience, Cloud } from "../../config/types.ts";
import { type Sized, sizeCluster } from "../../model/capacity/size.ts";
import { imageRegions } from "../../providers/alibaba/schema.ts";
import { exampleCertificateOf, exampleImageOf } from "../../providers/shared/stack-file-examples.ts";
import { candidatesOf, least } from "../capacity/machines.ts";
import { CommandError } from "../cli/faults.ts";
import type { Change } from "../stack-file/config-path.ts";
import type { Answers } from "./answers.ts";

type Path = Change["path"];

const cpuTargetPercent = 60;

/** What the answers change in the stack file that the project ships for the cloud. */
export function changesOf(answers: Answers, cloud: Cloud): readonly Change[] {
  const { region, domain, zone, image, hostedZone, certificate } = answers;
  const changes: readonly (readonly [path: Path, value: unknown])[] = [
    [[cloud === "aws" ? "aws:region" : "alicloud:region"], region],
    [["ams:network", "zones"], partsOf(answers.zones)],
    [["ams:domain", "name"], domain],
    [["ams:domain", "zone"], zone],
    [["ams:access", "adminCidrs"], partsOf(answers.admin).map(toRange)],
    [[`ams:${cloud}`, "images", "media"], image],
    [["ams:aws", "hostedZoneId"], hostedZone?.replace(/^\/hostedzone\//, "")],
    [["ams:certificate", "id"], certificate],
    ...sizesOf(answers, cloud),
  ];
  return changes
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([path, value]) => toChange(path, value));
}

/** Examples for what was not told, where those of the shipped file are of another region. */
export function examplesOf({ region = "", image, certificate }: Answers, cloud: Cloud): readonly Change[] {
  if (cloud === "aws") return [];
  const prefix = Object.entries(imageRegions).find(([, each]) => each === region)?.[0];
  const examples: readonly (readonly [path: Path, value: string, told: string | undefined])[] = [
    [["ams:alibaba", "images", "media"], exampleImageOf(prefix), image],
    [["ams:certificate", "id"], exampleCertificateOf(region), certificate],
  ];
  return examples.filter(([, , told]) => !told).map(([path, value]) => toChange(path, value));
}

const toChange = (path: Path, value: unknown): Change => ({ path, value, typed: path.join(".") });

const partsOf = (text = ""): readonly string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** One address is a range of one. */
const toRange = (text: string): string => (/^\d+(\.\d+){3}$/.test(text) ? `${text}/32` : text);

/** A text that is no number is left for the audience's form to refuse. */
const toNumber = (text: string | undefined): unknown => (/^\d+$/.test(text ?? "") ? Number(text) : text);

function sizesOf(answers: Answers, cloud: Cloud): readonly (readonly [path: Path, value: unknown])[] {
  const [publishers, viewers] = [toNumber(answers.publishers), toNumber(answers.viewers)];
  const audience = [["ams:audience"], { publishers, viewers }] as const;
  if (typeof publishers !== "number" || typeof viewers !== "number") return [audience];
  const { origin, edge } = sizeCluster(candidatesOf(cloud, false), {
    audience: { publishers, viewers, bitrateKbps: 1500, ladder: [] } satisfies Audience,
    ...{ cpuTargetPercent, steadyPercent: 0, least },
  });
  if (origin === undefined || edge === undefined)
    throw new CommandError(`no machine size supports ${publishers} publishers and ${viewers} viewers in one cluster`);
  return [audience, ...[origin, edge].flatMap(linesOf)];
}

const linesOf = ({ role, size, min, max }: Sized): readonly (readonly [path: Path, value: unknown])[] =>
  Object.entries({ machine: size, min, max }).map(([key, value]) => [[`ams:${role}`, key], value]);
