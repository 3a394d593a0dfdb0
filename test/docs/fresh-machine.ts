import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Cloud } from "../../config/types.ts";
import { PackageUnderTest } from "../support/package.ts";
import { type Block, blocks } from "../support/shown/blocks.ts";
import { FreshMachine } from "../support/shown/machine.ts";

/** Commands that do something else each time. All others run once. */
const repeats = /^pulumi (config|up|preview|destroy)\b/;

/** What the text before a block says to have done. */
const first: Readonly<Record<string, readonly string[]>> = {
  "pulumi config set --secret --path ams:applicationKeys.live": [
    "pulumi config set --path ams:applications.live.publish jwt",
  ],
  'pulumi config set --path ams:certificate.pem -- "$(cat fullchain.pem)"': [
    "pulumi config set --path ams:certificate.source uploaded",
  ],
  "pulumi up --target '**::ams-aws-database-2'": [
    "pulumi config set --path ams:database.kind replica-set",
    "pulumi up",
    "pulumi config set --path ams:database.machine general-8",
  ],
};

/** The blocks that have something to run, equal ones once, and those last that remove what the others use. */
function toRun(isTried: (page: string) => boolean): readonly Block[] {
  const seen = new Set<string>();
  const found = blocks
    .filter(({ page }) => isTried(page))
    .flatMap((block) => {
      const commands = block.commands.filter(({ requires }) => requires === undefined);
      const key = JSON.stringify([block.cloud, commands]);
      if (commands.length === 0 || seen.has(key)) return [];
      seen.add(key);
      return [{ ...block, commands }];
    });
  const removes = ({ commands }: Block): boolean => commands.some(({ text }) => text.startsWith("pulumi destroy"));
  return [...found.filter((block) => !removes(block)), ...found.filter(removes)];
}

/** Runs the commands of some pages, in the order of the pages. */
export function runsCommands(what: string, isTried: (page: string) => boolean = () => true): void {
  describe(what, () => {
    let machine: FreshMachine;
    let packed: PackageUnderTest | undefined;
    const done = new Set<string>();
    /** Clouds whose stack is deployed: each block begins with the file that deployed it last. */
    const deployed = new Set<Cloud>();

    before(async () => {
      machine = await FreshMachine.start();
    });
    after(() => {
      packed?.remove();
      machine?.close();
    });

    const file = (cloud: Cloud): string => join(machine.clone, `Pulumi.${cloud}.yaml`);
    const kept = (cloud: Cloud): string => join(machine.directory, `Pulumi.${cloud}.yaml`);

    async function inStack({ cloud, commands }: Block): Promise<void> {
      const run = (command: string) => machine.must(command, machine.clone, FreshMachine.selected(cloud));
      if (deployed.has(cloud)) copyFileSync(kept(cloud), file(cloud));
      const [{ text: begin = "" } = {}] = commands;
      for (const command of first[begin] ?? []) await run(command);
      for (const { text } of commands) {
        if (done.has(text) && !repeats.test(text)) continue;
        done.add(text);
        await run(text);
        if (!text.startsWith("pulumi up")) continue;
        deployed.add(cloud);
        copyFileSync(file(cloud), kept(cloud));
      }
      // What was set without being deployed.
      if (commands.some(({ text }) => text.startsWith("pulumi config set")))
        await run(`npm run --silent plan -- ${cloud}`);
    }

    /** A program of its own over the package. */
    async function inExample({ folder, commands }: Block): Promise<void> {
      packed = new PackageUnderTest();
      packed.installInto(join(machine.clone, folder));
      for (const { text } of commands) await machine.must(text, join(machine.clone, folder));
    }

    /** A project from the template, whose name a backend has once. */
    async function inNewProject({ commands }: Block): Promise<void> {
      const folder = join(machine.directory, "new");
      mkdirSync(join(folder, "state"), { recursive: true });
      await machine.must("git clone --quiet ../origin.git ams-cluster", folder);
      const backend = { PULUMI_BACKEND_URL: `file://${folder}/state` };
      for (const { text } of commands) await machine.must(text, folder, backend);
    }

    for (const block of toRun(isTried)) {
      const [{ text = "" } = {}] = block.commands;
      it(`run: ${block.page}, line ${block.line}: ${text}`, async () => {
        if (block.folder !== ".") await inExample(block);
        else if (text.startsWith("pulumi new ")) await inNewProject(block);
        else await inStack(block);
      });
    }
  });
}
