import { command, config, cwd, json } from "./common.ts";
import { anyNumber, flag, list, oneOf, value } from "./options.ts";

const stacks = {
  name: "stack...",
  help: "a stack with a file Pulumi.STACK.yaml, such as aws or alibaba; all: each of them",
};

/** Commands that need no account and no network. */
export const offlineCommands = {
  init: command({
    summary: "Writes a stack file for a cloud, a region, a domain and an audience. No account, no network.",
    words: {
      name: "stack",
      help: "the stack's name, part of the names of its resources; default: live",
      optional: true,
    },
    options: {
      cloud: value("cloud", "aws or alibaba", oneOf("aws", "alibaba")),
      region: value("region", "region of the cloud, such as eu-west-1"),
      zones: value("a,b...", "letters of two to six zones of the region; default: a,b"),
      domain: value("name", "host name of the service, such as live.example.com"),
      zone: value("zone", "DNS zone that contains the host name; default: the name without its first part"),
      publishers: value("n", "concurrently published streams"),
      viewers: value("n", "concurrent WebRTC viewers"),
      admin: value("range,...", "the administrators' address ranges; default: none, which blocks access to the panel"),
      image: value("id", "AMS image of the region; default: the example, to replace before `up`"),
      hostedZone: value("id", "AWS: Route 53's id of the DNS zone; default: the example"),
      certificate: value("id", "Alibaba Cloud: certificate in Certificate Management Service; default: the example"),
      force: flag("overwrites the stack file"),
      ...cwd,
    },
    notes:
      "On a terminal, asks for each option that is not given. Sizes the groups as `capacity` does. Values that only the\n" +
      "account knows are asked with the command that finds them, and can be set later.",
    exitCodes:
      "0 written, 1 no machine size supports the audience, 2 an answer is missing or not allowed, or the file exists.",
    examples: [
      { words: "", requires: "a terminal" },
      "live --cloud aws --region eu-west-1 --domain live.example.org --publishers 10 --viewers 500 --admin 203.0.113.7/32",
    ],
  }),
  plan: command({
    summary: "Shows the resources that a stack would create. No account, no Pulumi CLI, no network.",
    words: stacks,
    options: { ...config, ...json, ...cwd },
    exitCodes: "0 planned, 1 the configuration has faults, 2 the command line has faults.",
    examples: ["aws --config origin.max=20"],
  }),
  diff: command({
    summary:
      "Shows the effect of a change on both clouds: compares the plans of two revisions. No account, no network.",
    words: {
      name: "base",
      help: "revision to compare the working tree with; default: merge base with main",
      optional: true,
    },
    options: {
      stack: value(
        "stack",
        "one stack, such as aws or alibaba; all: each stack with a file on either side",
        String,
        "all",
      ),
      ...config,
      files: {
        ...list("file...", ""),
        help: "compares two stack files instead of two revisions: --files A.yaml B.yaml",
      },
      preview: value(
        "file",
        "reads the output of `pulumi preview --json`; - is standard input. Omits cost and policy findings: a preview lists " +
          "only changes, and these need the whole stack",
      ),
      markdown: flag("a comment for a pull request: totals visible, details folded, under 64,000 characters"),
      json: flag('{"stacks":[{"stack","create":[],"update":[],"replace":[],"delete":[]}]} and nothing else'),
      ...cwd,
    },
    notes:
      "replace? marks a change that may replace the resource: the providers' metadata does not specify it.\n" +
      "NO_COLOR and FORCE_COLOR are respected.",
    exitCodes:
      "0 compared, 1 the configuration has faults, 2 the command line has faults, or there is nothing to compare with.",
    examples: ["HEAD --stack aws --config edge.max=20"],
  }),
  diagram: command({
    summary: "Draws stacks from their plans, as pictures. No account, no network.",
    words: stacks,
    options: {
      svg: flag("SVG only; default: both formats"),
      mermaid: flag("Mermaid only"),
      out: value(
        "dir",
        "directory for the files STACK.svg and STACK.mmd; without it, one stack in one format on standard output",
      ),
      ...config,
      ...cwd,
    },
    exitCodes: "0 drawn, 1 the configuration has faults, 2 the command line has faults.",
    examples: ["all --out diagrams"],
  }),
  report: command({
    summary: "Writes one HTML page of the stacks side by side: diagram, listeners, firewall, resources, outputs, cost.",
    options: {
      stack: list("stack", "a stack with a file; default: all"),
      base: value("rev", "also shows the changes in the working tree since this revision"),
      ...config,
      out: value("file.html", "file to write; default: standard output"),
      ...cwd,
    },
    notes: "The page loads no resources, needs no script and contains no secrets.",
    exitCodes: "0 written, 1 the configuration has faults, 2 the command line has faults.",
    examples: ["--base main --out report.html"],
  }),
  cost: command({
    summary: "Prices a stack's plan for a month, in US dollars, from a dated price book.",
    words: stacks,
    options: {
      ...config,
      utilisation: value(
        "u",
        "expected size between a group's minimum (0) and maximum (1); default: the share of the day in " +
          "ams:audience.hoursPerDay, or 0.5",
        anyNumber(0, 1),
      ),
      trafficGb: value(
        "n",
        "GB to the internet in a month at the expected size",
        anyNumber(0, Number.MAX_SAFE_INTEGER),
      ),
      prices: list("file", "a price book with precedence over tools/cost/books/*.json, in their format"),
      update: flag(
        "fetches the prices of the stack's region and writes them into the book: AWS's price list files, which need no " +
          "account; Alibaba Cloud's ECS DescribePrice with the profile of aliyun",
      ),
      book: value(
        "file",
        "the book that --update writes, with precedence over the project's; default: tools/cost/books/",
      ),
      ...json,
      ...cwd,
    },
    notes:
      "The total is omitted if the price of a machine, load balancer, NAT gateway or traffic is missing. Licences are not\n" +
      'included. "By use" means that the quantity is unknown: set ams:audience to estimate traffic and load balancer units.\n' +
      "Tax, discounts, spot and reserved prices, support and API calls are not included.",
    exitCodes: "0 priced, 1 the configuration or a price book has faults, 2 the command line has faults.",
    examples: [
      "aws --config edge.max=20",
      { words: "alibaba --update --book my-prices.json", requires: "an Alibaba Cloud account" },
    ],
  }),
  capacity: command({
    summary:
      "Calculates the group sizes that an audience requires, or the audience that a stack supports. No account, no network.",
    options: {
      publishers: value("n", "concurrently published streams"),
      viewers: value("n", "concurrent WebRTC viewers"),
      bitrate: value("kbps", "maximum bitrate of each publisher and viewer; default: 1500"),
      ladder: value(
        "h,h...",
        "renditions that each stream is transcoded into, of 2160, 1080, 720, 480, 360, 240; default: none",
      ),
      hours: value("n", "hours per day with the full audience, for the cost of traffic"),
      gpu: flag("origins with a GPU"),
      origin: value(
        "size",
        "size of the origins, such as compute-16; default: the size that needs the fewest machines",
      ),
      edge: value("size", "size of the edges"),
      cloud: value("cloud", "aws or alibaba; default: both"),
      steady: value(
        "percent",
        "share of the audience that the minimum group size supports without scaling; default: 0",
      ),
      cpuTarget: value("percent", "target CPU of scaling, 10 to 70; default: 60"),
      stack: value("stack", "the audience that this stack supports, compared with its ams:audience"),
      ...config,
      sources: flag("where each figure comes from"),
      ...json,
      ...cwd,
    },
    exitCodes:
      "0 answered, 1 the stack's configuration has faults or no size supports the audience, 2 the command line has faults.",
    examples: ["--publishers 40 --viewers 5000", "--stack aws"],
  }),
} as const;
