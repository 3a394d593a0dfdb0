import { leavesOn } from "./drain.ts";
import { isGoneOn } from "./health.ts";
import { fallsSilentOn } from "./silence.ts";

// Each commit sees the same programs leave on AWS; the modules that ask the cloud are held equal by test/machine/clouds.test.ts.
leavesOn("alibaba");
isGoneOn("alibaba");
fallsSilentOn("alibaba");
