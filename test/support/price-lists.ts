import type { Get } from "../../tools/cost/update/aws.ts";

/**
 * AWS's price list files by their documentation (AWS Billing user guide, "Reading the service price list file for an AWS
 * service" and "Service Region index file for AWS services"): not seen live. Column names and usage types are those that
 * public code reads from the files.
 */
export type Row = Readonly<Record<string, string>>;

export const columns: readonly string[] = [
  ...[
    "SKU",
    "OfferTermCode",
    "RateCode",
    "TermType",
    "PriceDescription",
    "EffectiveDate",
    "StartingRange",
    "EndingRange",
  ],
  ...[
    "Unit",
    "PricePerUnit",
    "Currency",
    "Product Family",
    "serviceCode",
    "Location",
    "Location Type",
    "Instance Type",
  ],
  ...["Volume API Name", "Tenancy", "Operating System", "Transfer Type", "usageType", "operation", "CapacityStatus"],
  ...["From Region Code", "Pre Installed S/W", "Region Code"],
];

/** A price on demand; what is not said is empty, as in the files. */
export const row = (sku: string, usageType: string, unit: string, usd: string, more: Row = {}): Row => ({
  ...{ SKU: sku, TermType: "OnDemand", StartingRange: "0", EndingRange: "Inf", Currency: "USD" },
  ...{ PriceDescription: 'a "quoted" text, with a comma', Unit: unit, PricePerUnit: usd, usageType },
  ...{ "Region Code": "ap-south-1", "Location Type": "AWS Region" },
  ...more,
});

export const machine = (type: string, usd: string, more: Row = {}): Row =>
  row(`SKU-${type}`, `APS3-BoxUsage:${type}`, "Hrs", usd, {
    ...{ "Instance Type": type, "Operating System": "Linux", Tenancy: "Shared", "Pre Installed S/W": "NA" },
    ...{ CapacityStatus: "Used", "Product Family": "Compute Instance" },
    ...more,
  });

const quoted = (fields: readonly string[]): string =>
  fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(",");

/** A file's text, with metadata and names of columns as documented unless said otherwise. */
export function list(service: string, rows: readonly Row[], { version = "v1.0", names = columns } = {}): string {
  const head = [
    ["FormatVersion", version],
    ["Disclaimer", "This pricing list is for informational purposes only."],
    ["Publication Date", "2026-11-20T18:32:21Z"],
    ["Version", "20261120183221"],
    ["OfferCode", service],
  ];
  return [...head, names, ...rows.map((one) => names.map((name) => one[name] ?? ""))].map(quoted).join("\n");
}

export const index = (service: string, url?: string): string => {
  const currentVersionUrl = url ?? `/offers/v1.0/aws/${service}/20261120183221/ap-south-1/index.json`;
  return JSON.stringify({
    ...{ formatVersion: "v1.0", disclaimer: "", publicationDate: "2026-11-20T18:32:21Z" },
    regions: { "ap-south-1": { regionCode: "ap-south-1", currentVersionUrl } },
  });
};

/** The price list server; asked for anything else it says 404. The bodies come in pieces of a few bytes. */
export const server =
  (files: Readonly<Record<string, string>>, indexes: Readonly<Record<string, string>> = {}): Get =>
  (url) => {
    const [, service = "", rest = ""] =
      /^https:\/\/pricing\.us-east-1\.amazonaws\.com\/offers\/v1\.0\/aws\/(\w+)\/(.*)$/.exec(url) ?? [];
    const file = files[service];
    const text = rest === "current/region_index.json" ? (indexes[service] ?? index(service)) : file;
    const isThere =
      file !== undefined && (rest === "current/region_index.json" || /^\d+\/ap-south-1\/index\.csv$/.test(rest));
    return Promise.resolve(
      isThere && text !== undefined ? new Response(pieces(text)) : new Response("no such file", { status: 404 }),
    );
  };

function pieces(text: string): ReadableStream<Uint8Array> {
  const bytes = Buffer.from(text);
  const size = 37;
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.subarray(at, at + size));
      at += size;
    },
  });
}
