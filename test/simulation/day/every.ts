import type { Agenda } from "./agenda.ts";

/** Again and again, from now on. */
export function every(agenda: Agenda, seconds: number, run: () => void): void {
  const next = (): void => {
    run();
    agenda.after(seconds, next);
  };
  agenda.after(seconds, next);
}
