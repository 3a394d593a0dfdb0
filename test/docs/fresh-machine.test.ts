import { runsCommands } from "./fresh-machine.ts";

// The other pages' are in whole/.
runsCommands("The commands that README and the first page show, on a fresh machine", (page) =>
  ["README.md", "docs/getting-started.md"].includes(page),
);
