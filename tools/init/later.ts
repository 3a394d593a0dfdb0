import { assignCommand } from "../../config/remedy/command.ts";
import { certificateHome } from "../../config/remedy/examples.ts";
import type { Answers } from "./answers.ts";
import { listZones } from "./lookups.ts";
import { isAbout, questions } from "./questions.ts";
import type { Settled } from "./settle.ts";

/** What is left to do before `up`: values that only the account knows, with the commands that find and set them. */
export function laterText(stack: string, { cloud, answers, warnings }: Settled): string {
  const unset = questions.flatMap((question) => {
    const { key, lookup, paths, example } = question;
    if (lookup === undefined || !isAbout(question, answers) || answers[key] !== "") return [];
    const path = paths.find((each) => each.startsWith(`ams:${cloud}.`)) ?? paths[0] ?? "";
    return [
      `${path} is not set yet. Find the value and set it:\n  ${lookup(answers)}\n  ${assignCommand(path, example(answers))} --stack ${stack}\n`,
    ];
  });
  const zones = `Check that the zones ${answers.zones} exist in the region:\n  ${listZones(answers)}\n`;
  const told = warnings.filter((text) => !isExample(text)).map((text) => `warning: ${text}\n`);
  return [...told, ...mainlandText(answers), zones, ...unset].join("");
}

/** AMS's licence server and its STUN server are not reachable from there. */
const mainlandText = ({ cloud, region }: Answers): readonly string[] =>
  cloud === "alibaba" && certificateHome(region) === "cn-hangzhou"
    ? ["In mainland China, also set ams:media.proxy and ams:media.stunServer (docs/getting-started.md)\n"]
    : [];

/** Of values that the command names itself. */
const isExample = (warning: string): boolean => warning.includes("still has the example value");
