import { spellingsSweep } from "./spellings.ts";

// Each spelling, and Debian 13, are in sweeps/.
spellingsSweep({ releases: [12], every: 5 });
