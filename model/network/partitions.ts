/** A partition of AWS: what its ARNs begin with, and what the names of its services end with. */
export interface Partition {
  readonly id: string;
  readonly dnsSuffix: string;
}

/** The partitions besides the usual one, by what their regions' names begin with. */
const partitions: readonly (Partition & { readonly regions: string })[] = [
  { regions: "cn-", id: "aws-cn", dnsSuffix: "amazonaws.com.cn" },
  { regions: "us-gov-", id: "aws-us-gov", dnsSuffix: "amazonaws.com" },
  { regions: "us-iso-", id: "aws-iso", dnsSuffix: "c2s.ic.gov" },
  { regions: "us-isob-", id: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov" },
  { regions: "eu-isoe-", id: "aws-iso-e", dnsSuffix: "cloud.adc-e.uk" },
  { regions: "us-isof-", id: "aws-iso-f", dnsSuffix: "csp.hci.ic.gov" },
  { regions: "eusc-", id: "aws-eusc", dnsSuffix: "amazonaws.eu" },
];

export const usualPartition: Partition = { id: "aws", dnsSuffix: "amazonaws.com" };

/** The partition of a region of AWS. */
export const partitionOf = (region: string): Partition =>
  partitions.find(({ regions }) => region.startsWith(regions)) ?? usualPartition;
