import { proxiesOn } from "../proxies.ts";

proxiesOn("aws");
