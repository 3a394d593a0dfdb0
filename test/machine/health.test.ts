import { isGoneOn } from "./leaving/health.ts";

isGoneOn("aws");
