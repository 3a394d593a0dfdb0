import { spawn } from "node:child_process";
import { once } from "node:events";
import { projectFolder } from "../../model/project.ts";
import type { ScaleOut, ScaleOuts } from "../../test/rehearsal/scale-out/scale-out.ts";
import { ratiosOf, spreadOf } from "./rounds.ts";
import { cannotRun, type Options, type Row } from "./row.ts";

type Figure = (of: ScaleOut) => number;

const untilAms: Figure = ({ ams }) => ams.cpuSeconds;
const untilReady: Figure = ({ ready }) => ready.cpuSeconds;
const mebibytes: Figure = ({ ready }) => ready.downloadedBytes / 2 ** 20;

const median = (of: readonly ScaleOut[], figure: Figure): number => spreadOf(of.map(figure)).median;

const text = (unit: string, ...figures: readonly number[]): string =>
  figures.map((figure) => `${figure.toFixed(1)} ${unit}`).join(" / ");

/** Scale-outs of one machine in the boot rehearsal, beside ones that have the vendor's user data. */
export async function rehearsal({ rounds }: Options): Promise<readonly Row[]> {
  if (process.getuid?.() !== 0)
    return [cannotRun("scale-out in the boot rehearsal / the vendor's", 0.5, "a boot rehearsal requires root")];
  const results = await measured(rounds);
  refuseOthers(results);
  printSteps(results);
  return rows(results);
}

async function measured(rounds: number): Promise<ScaleOuts> {
  const words = ["--import", "tsx", "test/rehearsal/scale-out/scale-out.ts", `${rounds}`];
  const child = spawn(process.execPath, words, { cwd: projectFolder, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (part: Buffer) => (said += part.toString()));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the boot rehearsal failed with ${code}; see its messages above`);
  return JSON.parse(said);
}

/** What a machine asked of nobody that stands in for something was not answered: its figures would say nothing. */
function refuseOthers(results: ScaleOuts): void {
  for (const [name, runs] of Object.entries<readonly ScaleOut[]>({ ...results })) {
    const packets = Math.max(...runs.map(({ ready }) => ready.elsewherePackets));
    if (packets > 0) throw new Error(`${name}: ${packets} packets were sent to addresses that are not simulated`);
  }
}

function printSteps({ ours, vendor }: ScaleOuts): void {
  const printed = { ours: ours.at(-1), "the vendor's": vendor.at(-1) };
  for (const [name, of] of Object.entries(printed)) {
    process.stderr.write(`\n| ${name}, the last round: step | completed after (s) |\n|---|---|\n`);
    for (const { text, seconds } of of?.steps ?? []) process.stderr.write(`| ${text} | ${seconds.toFixed(1)} |\n`);
  }
}

function rows({ ours, vendor, leanVendor, empty }: ScaleOuts): readonly Row[] {
  const ratio = (figure: Figure, against = vendor) => ratiosOf(ours.map(figure), against.map(figure));
  const figures = (unit: string, figure: Figure, against = vendor) =>
    text(unit, median(ours, figure), median(against, figure));
  const processes = [ours, vendor].map((of) => median(of, ({ ready }) => ready.started));
  const floor = text("s", median(empty, untilReady));
  const time = (figure: (of: ScaleOut) => number) => figures("s", figure);
  return [
    {
      name: "scale-out: CPU before AMS starts in the cluster / the vendor's",
      ratio: ratio(untilAms),
      aim: 0.5,
      note: `${figures("s", untilAms)}; a boot with no user data and no AMS ${floor}; time ${time(({ ams }) => ams.seconds)}`,
    },
    {
      name: "scale-out: CPU until in service / the vendor's until it signals",
      ratio: ratio(untilReady),
      aim: 0.5,
      note: `${figures("s", untilReady)}; time ${time(({ ready }) => ready.seconds)}; processes and threads ${processes.join(" / ")}`,
    },
    {
      name: "scale-out: CPU until in service / the vendor's without recommended packages",
      ratio: ratio(untilReady, leanVendor),
      aim: 0.5,
      note: figures("s", untilReady, leanVendor),
    },
    {
      name: "scale-out: bytes downloaded before in service / the vendor's",
      ratio: ratio(mebibytes),
      aim: 0,
      note: `${figures("MiB", mebibytes)}; without recommended packages ${text("MiB", median(leanVendor, mebibytes))}`,
    },
  ];
}
