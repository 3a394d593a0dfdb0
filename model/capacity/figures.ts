import type { RenditionHeight } from "./rendition-heights.ts";

/** Where the figures of capacity come from; the clouds' own figures stand in `model/capacity/*.json`. */
export const sources = {
  calculator: {
    what: "Source code of Ant Media's calculator (2026-03-28): 150 viewers or 40 publishers on a c5.xlarge, 600 or 160 on a c5.4xlarge, 1050 or 360 on a c5.9xlarge. The calculator selects a larger size if a group would need more than ten machines. It does not include renditions and does not state a bitrate",
    url: "https://github.com/ant-media/Scripts/blob/62c2a01/aws-streaming-wizard/index.php",
  },
  viewers: {
    what: "Measured by Ant Media (2021, v2.4): a c5.2xlarge with 1 publisher and 300 WebRTC viewers has a CPU usage of 79 to 80 %. This matches the calculator's 37.5 viewers per vCPU. The same 80 % is assumed for publishers",
    url: "https://github.com/ant-media/Ant-Media-Server/issues/3529",
  },
  renditions: {
    what: "Cores per rendition, measured by Ant Media (2021, x264, 32 cores, 16 streams) and described as the worst case. Since release 2.5.1, the default encoder has been openh264",
    url: "https://github.com/ant-media/Ant-Media-Server/issues/3264",
  },
  gpuCpu: {
    what: "Ant Media's NVIDIA GPU guide: a 4-core machine with a GPU handles 5 to 6 streams with 4 renditions each. Issue 3693: a g4dn.2xlarge handles about 20 streams with 2 to 3 renditions each at 90 % CPU. The calculation assumes 0.2 cores per rendition",
    url: "https://github.com/ant-media/Ant-Media-Server/issues/3693",
  },
  gpuFrames: {
    what: "Image in Ant Media's NVIDIA GPU guide: NVENC encodes about 370 frames per second at 1080p and 820 at 720p. Streams are assumed to run at 30 frames per second, and lower renditions are counted as 720p. Issue 3693 reports a higher rate on a T4",
    url: "https://github.com/ant-media/ant-media-documentation",
  },
  bitrates: {
    what: "Ant Media's FAQ: 500 kbps for 240p, 800 for 360p, 1000 for 480p, 1500 for 720p, 2000 for 1080p",
    url: "https://github.com/ant-media/ant-media-documentation",
  },
  pull: {
    what: "An edge fetches a stream from its origin. No source states whether the edge fetches all renditions; the calculation assumes that each edge with a viewer does",
    url: "https://github.com/ant-media/ant-media-documentation",
  },
  allocations: {
    what: "ams:turn.allocations, which coturn enforces (total-quota). The calculation assumes one allocation per viewer",
    url: "https://github.com/coturn/coturn/blob/master/examples/etc/turnserver.conf",
  },
  refusal: {
    what: "AMS rejects publishers and viewers at 75 % CPU or memory (StatsCollector.enoughResource)",
    url: "https://github.com/ant-media/Ant-Media-Server/blob/5130ad88/src/main/java/io/antmedia/statistic/StatsCollector.java",
  },
} as const;
export type SourceId = keyof typeof sources;

/** CPU at which the viewers were counted. */
export const measuredAtPercent = 80;

/** CPU at which AMS sends clients away. */
export const refusalPercent = 75;

/** The calculator goes to the next size when a group would need more machines. */
export const comfortableMachines = 10;

/** Viewers for each vCPU at `measuredAtPercent`; larger machines do less with a vCPU, from where is not said: above 16. */
export const viewersPerVcpu = (vcpus: number): number => (vcpus > 16 ? 1050 / 36 : 37.5);

/** Thousandths of a core for a stream that comes in: 10 for each vCPU at `measuredAtPercent`. */
export const publisherMilliCores = measuredAtPercent;

export const renditionMilliCores: Readonly<Record<RenditionHeight, number>> = {
  2160: 1480,
  1080: 980,
  720: 520,
  480: 260,
  360: 200,
  240: 160,
};

/** The same where a GPU encodes. */
export const gpuRenditionMilliCores = 200;

/** Frames that the encoder of a GPU makes in a second, for what a rendition counts as. */
export const encoderFrames: Readonly<Record<RenditionHeight, number | undefined>> = {
  2160: undefined,
  1080: 370,
  720: 820,
  480: 820,
  360: 820,
  240: 820,
};
export const framesPerSecond = 30;

export const renditionKbps: Readonly<Record<RenditionHeight, number | undefined>> = {
  2160: undefined,
  1080: 2000,
  720: 1500,
  480: 1000,
  360: 800,
  240: 500,
};
