/** The drain agent's pauses, as short as a test's. */
export const hurriedDrain = {
  pollSeconds: 0.1,
  lookSeconds: 0.2,
  gateSeconds: 0.3,
  quietChecks: 3,
  heartbeatSeconds: 0.5,
  sickSeconds: 600,
};
