import { releases } from "../rig.ts";
import { spellingsSweep } from "../spellings.ts";

spellingsSweep({ releases, every: 1 });
