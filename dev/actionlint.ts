import { projectFile } from "../model/project.ts";
import type { GoTool } from "./go-tool.ts";

/**
 * The linter of GitHub's workflows. Pinned, with all that it needs, by dev/actionlint/go.mod and go.sum; a newer one is a
 * change to all three.
 */
export const actionlintTool: GoTool = {
  folder: projectFile("dev/actionlint"),
  version: "1.7.12",
  command: "github.com/rhysd/actionlint/cmd/actionlint",
};
