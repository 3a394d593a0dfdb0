import { hostileClients } from "./hostile.ts";

// Debian 13's are in sweeps/.
hostileClients(12);
