import { type ChildProcess, spawn, spawnSync } from "node:child_process";

/** FFmpeg with H.264 is in Debian's, Ubuntu's and Homebrew's package `ffmpeg`. */
export const noFfmpeg = "ffmpeg is not installed; on Debian, Ubuntu or Homebrew, install the package ffmpeg";

export const hasFfmpeg = (): boolean => spawnSync("ffmpeg", ["-version"], { stdio: "ignore" }).status === 0;

export interface Publisher {
  readonly streamId: string;
  readonly startedMilliseconds: number;
  /** Whether the server has taken the stream: ffmpeg sends nothing before the answer to its RTMP publish. */
  readonly isTaken: () => boolean;
  /** Why it ended; undefined while it runs. */
  readonly ended: () => string | undefined;
  readonly stop: () => Promise<void>;
}

export interface Publication {
  /** rtmp://host:port/app/ with an address in the host's place, so that ffmpeg asks no DNS. */
  readonly url: string;
  readonly streamId: string;
  /** What follows the stream's name, for AMS alone. @default "" */
  readonly query?: string;
  readonly kbps: number;
  /** The longest that it may run, whatever happens to this program. */
  readonly maxSeconds: number;
}

/** A test picture with a clock and a tone, a key frame each second, at the speed of life. */
export function publish({ url, streamId, query = "", kbps, maxSeconds }: Publication): Publisher {
  const picture = ["-re", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=15"];
  const tone = ["-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100"];
  const video = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p", "-g", "15"];
  const rate = ["-b:v", `${kbps}k`, "-maxrate", `${kbps}k`, "-bufsize", `${kbps}k`];
  const words = [
    "-hide_banner",
    "-loglevel",
    "error",
    "-nostdin",
    "-progress",
    "pipe:1",
    ...picture,
    ...tone,
    ...video,
    ...rate,
  ];
  const child = spawn(
    "ffmpeg",
    [
      ...words,
      "-threads",
      "1",
      "-c:a",
      "aac",
      "-b:a",
      "64k",
      "-t",
      String(maxSeconds),
      "-f",
      "flv",
      url + streamId + query,
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let errors = "";
  let isTaken = false;
  let ended: string | undefined;
  child.stdout.on("data", () => (isTaken = true));
  child.stderr.on("data", (part: Buffer) => (errors = (errors + part.toString()).slice(-2000)));
  child.once("error", (error) => (ended = error.message));
  child.once("exit", (status) => (ended = errors.trim().split("\n").at(-1) || `ffmpeg exited with ${status}`));
  const startedMilliseconds = Date.now();
  return { streamId, startedMilliseconds, isTaken: () => isTaken, ended: () => ended, stop: () => stop(child) };
}

/** By its own process alone: first politely, so that the node sees the stream's end. */
function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), 3000);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill("SIGTERM");
  });
}
