import { hostileClients } from "../hostile.ts";

hostileClients(13);
