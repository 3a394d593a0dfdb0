/**
 * The first half of this process's loopback addresses. Test files run side by side in several processes, and machines of
 * a test listen at their real ports.
 */
export const loopback = `127.${10 + Number(process.env["MOCHA_WORKER_ID"] ?? 0)}`;
