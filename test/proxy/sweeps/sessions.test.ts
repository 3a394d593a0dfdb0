import { wholeSessions } from "../sessions.ts";

wholeSessions(13);
