import { runsCommands } from "../fresh-machine.ts";

runsCommands("The commands that the documentation shows, on a fresh machine");
