/** Its place among the processes of this run, and something of the run's own: two runs may meet on one machine. */
const place = process.ppid * 8 + Number(process.env["MOCHA_WORKER_ID"] ?? 0);

/**
 * The first half of this process's loopback addresses. Test files run side by side in several processes, and machines of
 * a test listen at their real ports.
 */
export const loopback = `127.${10 + (place % 240)}`;
