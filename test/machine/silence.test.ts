import { fallsSilentOn } from "./leaving/silence.ts";

fallsSilentOn("aws");
