import { comfortableMachines } from "../../model/capacity/figures.ts";
import { command, config, cwd, json } from "./common.ts";
import { anyNumber, flag, list, oneOf, value } from "./options.ts";

const stacks = {
  name: "stack...",
  help: "name of a stack that has a Pulumi.STACK.yaml file, such as aws or alibaba; all selects every such stack",
};

/** Commands that need no account and no network. */
export const offlineCommands = {
  init: command({
    summary: "Writes a stack file for a cloud, region, domain and audience. Requires no account or network access.",
    words: {
      name: "stack",
      help: "name of the stack, which also appears in its resource names; default: live",
      optional: true,
    },
    options: {
      cloud: value("cloud", "cloud that the stack runs on: aws or alibaba", oneOf("aws", "alibaba")),
      region: value("region", "cloud region, such as eu-west-1"),
      zones: value("a,b...", "letters of two to six zones in the region; default: a,b"),
      domain: value("name", "host name of the service, such as live.example.com"),
      zone: value("zone", "DNS zone that contains the host name; default: the host name without its first label"),
      publishers: value("n", "number of concurrently published streams"),
      viewers: value("n", "number of concurrent WebRTC viewers"),
      admin: value("range,...", "the administrators' address ranges; default: none, which blocks access to the panel"),
      image: value(
        "id",
        "id of the AMS image in the region; default: an example value that you must replace before `pulumi up`",
      ),
      hostedZone: value("id", "AWS: id of the Route 53 hosted zone; default: an example value"),
      certificate: value(
        "id",
        "Alibaba Cloud: id of a certificate in Certificate Management Service; default: an example value",
      ),
      force: flag("overwrite an existing stack file"),
      ...cwd,
    },
    notes:
      "In a terminal, init prompts for each missing option. It calculates the group sizes in the same way as `capacity`.\n" +
      "For values that exist only in your cloud account, it prints commands that find them, so you can set them later.",
    exitCodes:
      "0 on success; 1 if no machine size supports the audience; 2 if an answer is missing or invalid, or if the file already exists.",
    examples: [
      { words: "", requires: "a terminal" },
      "live --cloud aws --region eu-west-1 --domain live.example.org --publishers 10 --viewers 500 --admin 203.0.113.7/32",
    ],
  }),
  plan: command({
    summary: "Shows the resources that a stack would create. Requires no account, Pulumi CLI or network access.",
    words: stacks,
    options: { ...config, ...json, ...cwd },
    exitCodes: "0 on success; 1 if the configuration is invalid; 2 if the command line is invalid.",
    examples: ["aws --config origin.max=20"],
  }),
  diff: command({
    summary:
      "Compares the plans of two revisions to show the effect of a change on both clouds. Requires no account or network access.",
    words: {
      name: "base",
      help: "revision to compare with the working tree; default: the merge base with main",
      optional: true,
    },
    options: {
      stack: value(
        "stack",
        "name of a stack, such as aws or alibaba; all selects every stack that has a stack file in either revision",
        String,
        "all",
      ),
      ...config,
      files: {
        ...list("file...", ""),
        help: "compare two stack files instead of two revisions: --files A.yaml B.yaml",
      },
      preview: value(
        "file",
        "read the output of `pulumi preview --json` from this file; - reads standard input. " +
          "Cost and policy findings are omitted, because they require all of the stack's resources and a preview lists only changes",
      ),
      markdown: flag(
        "print a pull request comment of fewer than 64,000 characters that shows the totals and collapses the details",
      ),
      json: flag('print only JSON of the form {"stacks":[{"stack","create":[],"update":[],"replace":[],"delete":[]}]}'),
      ...cwd,
    },
    notes:
      'The mark "replace?" means that the providers\' metadata does not specify whether the change replaces the resource.\n' +
      "The environment variables NO_COLOR and FORCE_COLOR are respected.",
    exitCodes:
      "0 on success; 1 if the configuration is invalid; 2 if the command line is invalid, or if there is no revision to compare with.",
    examples: ["HEAD --stack aws --config edge.max=20"],
  }),
  diagram: command({
    summary: "Draws diagrams of stacks from their plans. Requires no account or network access.",
    words: stacks,
    options: {
      svg: flag("write only SVG; default: SVG and Mermaid"),
      mermaid: flag("write only Mermaid; default: SVG and Mermaid"),
      out: value(
        "dir",
        "directory for the files STACK.svg and STACK.mmd; default: standard output, which supports only one stack in one format",
      ),
      ...config,
      ...cwd,
    },
    exitCodes: "0 on success; 1 if the configuration is invalid; 2 if the command line is invalid.",
    examples: ["all --out diagrams"],
  }),
  report: command({
    summary:
      "Writes an HTML page that shows the stacks side by side: diagram, listeners, firewall, resources, outputs and cost.",
    options: {
      stack: list("stack", "name of a stack to include; default: every stack that has a stack file"),
      base: value("rev", "also show the changes in the working tree since this revision"),
      ...config,
      out: value("file.html", "file to write; default: standard output"),
      ...cwd,
    },
    notes: "The page does not load external resources or use scripts, and it contains no secrets.",
    exitCodes: "0 on success; 1 if the configuration is invalid; 2 if the command line is invalid.",
    examples: ["--base main --out report.html"],
  }),
  cost: command({
    summary:
      "Calculates a stack's monthly cost in US dollars from its plan and a price book that records the date of each price.",
    words: stacks,
    options: {
      ...config,
      utilisation: value(
        "u",
        "expected size of the groups, on a scale from their minimum (0) to their maximum (1); " +
          "default: ams:audience.hoursPerDay divided by 24, or 0.5",
        anyNumber(0, 1),
      ),
      trafficGb: value(
        "n",
        "monthly traffic to the internet in GB when the groups have their expected size",
        anyNumber(0, Number.MAX_SAFE_INTEGER),
      ),
      prices: list(
        "file",
        "price book in the format of tools/cost/books/*.json; its prices take precedence over the prices in those files",
      ),
      update: flag(
        "fetch the prices for the stack's region and write them to the price book. " +
          "AWS prices come from AWS's price list files, which require no account. " +
          "Alibaba Cloud prices come from the ECS API DescribePrice, which is called with the credentials in your aliyun profile",
      ),
      book: value(
        "file",
        "price book that --update writes to; its prices take precedence over the project's price books; default: tools/cost/books/",
      ),
      ...json,
      ...cwd,
    },
    notes:
      "The total is omitted if the price of a machine, load balancer, NAT gateway or traffic is missing. Licences are not\n" +
      'included. "Usage-based" means that the quantity is unknown: set ams:audience to estimate traffic and load balancer units.\n' +
      "Tax, discounts, spot and reserved prices, support and API calls are not included.",
    exitCodes: "0 on success; 1 if the configuration or a price book is invalid; 2 if the command line is invalid.",
    examples: [
      "aws --config edge.max=20",
      { words: "alibaba --update --book my-prices.json", requires: "an Alibaba Cloud account" },
    ],
  }),
  capacity: command({
    summary:
      "Calculates the group sizes that an audience requires, or the audience that a stack supports. Requires no account or network access.",
    options: {
      publishers: value("n", "number of concurrently published streams"),
      viewers: value("n", "number of concurrent WebRTC viewers"),
      bitrate: value("kbps", "maximum bitrate of each publisher and viewer in kbps; default: 1500"),
      ladder: value(
        "h,h...",
        "heights of the renditions that each stream is transcoded into: 2160, 1080, 720, 480, 360 or 240; default: none",
      ),
      hours: value("n", "hours per day during which the full audience is connected, used to estimate the traffic cost"),
      gpu: flag("use origin machines with a GPU"),
      origin: value(
        "size",
        `origin machine size, such as compute-16; default: the smallest size that needs no more than ${comfortableMachines} machines; if none does, the size that needs the fewest`,
      ),
      edge: value("size", "edge machine size; the default is selected in the same way as for --origin"),
      cloud: value("cloud", "cloud to calculate for: aws or alibaba; default: both"),
      steady: value(
        "percent",
        "percentage of the audience that the groups must support at their minimum size, without scaling; default: 0",
      ),
      cpuTarget: value("percent", "CPU target for scaling in percent, 10 to 70; default: 60"),
      stack: value("stack", "show the audience that this stack supports, compared with its ams:audience"),
      ...config,
      sources: flag("list the source of each figure"),
      ...json,
      ...cwd,
    },
    exitCodes:
      "0 on success; 1 if the stack's configuration is invalid, or if no machine size supports the audience; 2 if the command line is invalid.",
    examples: ["--publishers 40 --viewers 5000", "--stack aws"],
  }),
  prometheus: command({
    summary:
      "Writes a scrape configuration and alert rules for Prometheus, and a dashboard for Grafana. Requires no account or network access.",
    words: { name: "stack", help: "name of a stack that has a Pulumi.STACK.yaml file, such as aws or alibaba" },
    options: {
      out: value(
        "dir",
        "directory for the files scrape.yml, alerts.yml, dashboard.json and, on Alibaba Cloud, targets.sh",
      ),
      ...config,
      ...cwd,
    },
    notes:
      "The rules and the dashboard are generated from the stack's alarms and metrics: run the command again after you change the stack.",
    exitCodes: "0 on success; 1 if the configuration is invalid; 2 if the command line is invalid.",
    examples: ["aws --out prometheus"],
  }),
} as const;
