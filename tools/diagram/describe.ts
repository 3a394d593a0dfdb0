import type { Picture, Ports } from "./picture.ts";

const forwards = ({ webToOrigin, webToNodes }: Ports): string =>
  webToOrigin === webToNodes
    ? `both groups on ${webToNodes}`
    : `the origin group on ${webToOrigin} and to the edge group on ${webToNodes}`;

/** The picture in sentences, for those who hear it. */
export function describePicture({ web, stream, groups, database, natZones, ports, zones }: Picture): string {
  const { origin, edge } = groups;
  const sentences = [
    `A network of ${zones.length} zones with ${stream === undefined ? "one balancer" : "two balancers"}, two groups of media servers and a database.`,
    stream === undefined
      ? ""
      : `Publishers reach the ${stream.title} on ${ports.publishersToStream}; it forwards to the origin group.`,
    `Publishers reach the ${web.title} on ${ports.publishersToWeb.join(", ")}, players on ${ports.playersToWeb.join(" and on ")}; it forwards to ${forwards(ports)}.`,
    `The origin group has ${origin.min} to ${origin.max} machines of type ${origin.machine}, the edge group ${edge.min} to ${edge.max} of type ${edge.machine}.`,
    `Edges fetch streams from origins on ${ports.edgeToOrigin}; both reach ${database.title} on ${ports.nodesToDatabase}.`,
    natZones.length === 0 ? "" : `The database reaches the internet through NAT on ${ports.databaseToInternet}.`,
    `${ports.webRtc}, goes straight between clients and media servers.`,
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}
