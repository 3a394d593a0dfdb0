import type { Cluster } from "../../config/types.ts";
import { usesTls } from "../cluster.ts";
import { panelPort, webPorts } from "./listeners.ts";

/** Addresses for people, with the port only where the scheme doesn't imply it. */
export function urls(
  cluster: Cluster,
  host: string,
  streamHost: string,
): Readonly<Record<"publish" | "play" | "rtmp" | "panel", string>> {
  const tls = usesTls(cluster);
  const scheme = tls ? "https" : "http";
  return {
    publish: `${scheme}://${host}/`,
    play: `${scheme}://${host}:${webPorts.play[scheme]}/`,
    rtmp: `rtmp://${streamHost}:1935/`,
    panel: `${scheme}://${host}:${panelPort}/`,
  };
}
