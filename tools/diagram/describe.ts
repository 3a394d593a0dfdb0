import { type DatabaseNode, type Picture, scalingText, sizeText } from "./form.ts";

/** The picture in sentences, for those who hear it. */
export function describePicture(picture: Picture): string {
  const { database, recordings, natZones, ports, zones, groups, turn } = picture;
  const parts = [
    entranceOf(picture),
    groups.edge === undefined ? "one media server" : "two groups of media servers",
    ...(database === undefined ? [] : ["a database"]),
  ];
  const sentences = [
    `A network with ${zones.length} zones contains ${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}.`,
    ...ways(picture),
    ...sizes(picture),
    ...(database === undefined ? [] : [databaseText(database, ports.nodesToDatabase)]),
    ...(recordings === undefined ? [] : [`Recordings are stored in an ${recordings.detail}.`]),
    ...(natZones.length === 0 || ports.databaseToInternet === ""
      ? []
      : [`The database reaches the internet through NAT on ${ports.databaseToInternet}.`]),
    `${ports.webRtc}, flows directly between clients and media servers.`,
    ...(turn === undefined
      ? []
      : [`${turn.title}: relays media for clients that cannot connect directly (${turn.detail}).`]),
  ];
  return sentences.join(" ");
}

const entranceOf = ({ stream, isProxied }: Picture): string =>
  isProxied ? "a network load balancer, proxies" : stream === undefined ? "one load balancer" : "two load balancers";

function ways({ web, stream, ports, groups, isProxied }: Picture): readonly string[] {
  const publish = isProxied ? [...ports.publishersToWeb, ...ports.publishersToStream] : ports.publishersToWeb;
  const edge = groups.edge === undefined ? "" : ` and to the edge group on ${ports.webToEdge}`;
  const target = `${groups.origin.title.toLowerCase()} on ${ports.webToOrigin}${edge}`;
  const entrance =
    isProxied && stream !== undefined ? `${stream.title}, which passes connections to ${web.title}` : web.title;
  return [
    ...(stream === undefined || isProxied
      ? []
      : [
          `Publishers connect to the ${stream.title} on ${ports.publishersToStream.join(", ")}. It forwards the streams to the ${groups.origin.title.toLowerCase()}.`,
        ]),
    `Publishers connect to the ${entrance} on ${publish.join(", ")}, and players connect to it on ${ports.playersToWeb.join(" and on ")}. It forwards the traffic to the ${target}.`,
  ];
}

function sizes({ groups: { origin, edge }, ports }: Picture): readonly string[] {
  const groups = edge === undefined ? [origin] : [origin, edge];
  return [
    ...groups.map((group) => {
      const scaling = scalingText(group);
      return `${group.title}: ${sizeText(group)}${scaling === "" ? "" : `, ${scaling}`}.`;
    }),
    ...(edge === undefined ? [] : [`Edges fetch streams from origins on ${ports.edgeToOrigin}.`]),
  ];
}

function databaseText({ title, members }: DatabaseNode, port: string): string {
  const where = members.map(({ name, zone }) => `${name} in zone ${zone}`).join(", ");
  return `Both groups connect to ${title} on ${port}${where === "" ? "" : `: ${where}`}.`;
}
