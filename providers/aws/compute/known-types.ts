import { InstanceType } from "@pulumi/aws/types/enums/ec2/index.js";
import { nearestName } from "../../../model/nearest-name.ts";
import type { TypeFacts } from "../../shared/check-types.ts";

/** EC2's types as the provider's SDK lists them; a new SDK brings the newer ones. */
const listed: ReadonlySet<string> = new Set<string>(Object.values(InstanceType));

/** DocumentDB's classes are EC2's types behind `db.`, and one without machines of its own. */
const isListed = (type: string): boolean => type === "db.serverless" || listed.has(type.replace(/^db\./, ""));

/** Series G, Gr and P carry GPUs of NVIDIA; g4ad is AMD's (EC2, "Accelerated computing instances"). */
function gpuOf(type: string): ReturnType<TypeFacts["gpuOf"]> {
  if (type.startsWith("g4ad.")) return "other";
  return /^(g|gr|p)\d/.test(type) ? "nvidia" : "none";
}

/** A listed type of the same family. */
function nearestOf(type: string): string | undefined {
  const [family = ""] = type.split(/\.(?=[^.]*$)/);
  return nearestName(
    type,
    [...listed, ...[...listed].map((one) => `db.${one}`)].filter((one) => one.startsWith(`${family}.`)),
  );
}

export const typeFacts: TypeFacts = {
  cloud: "aws",
  list: "the EC2 instance type list of 2026-09-22 (@pulumi/aws 7.48.0)",
  isListed,
  nearestOf,
  gpuOf,
  example: "c5.xlarge",
  gpuExample: "g4dn.xlarge",
  gpuImage: "marketplace",
};
