"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.partitionOf = exports.usualPartition = void 0;
/** The partitions besides the usual one, by what their regions' names begin with. */
const partitions = [
    { regions: "cn-", id: "aws-cn", dnsSuffix: "amazonaws.com.cn" },
    { regions: "us-gov-", id: "aws-us-gov", dnsSuffix: "amazonaws.com" },
    { regions: "us-iso-", id: "aws-iso", dnsSuffix: "c2s.ic.gov" },
    { regions: "us-isob-", id: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov" },
    { regions: "eu-isoe-", id: "aws-iso-e", dnsSuffix: "cloud.adc-e.uk" },
    { regions: "us-isof-", id: "aws-iso-f", dnsSuffix: "csp.hci.ic.gov" },
    { regions: "eusc-", id: "aws-eusc", dnsSuffix: "amazonaws.eu" },
];
exports.usualPartition = { id: "aws", dnsSuffix: "amazonaws.com" };
/** The partition of a region of AWS. */
const partitionOf = (region) => partitions.find(({ regions }) => region.startsWith(regions)) ?? exports.usualPartition;
exports.partitionOf = partitionOf;
