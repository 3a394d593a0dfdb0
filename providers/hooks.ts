/** Numbers of both clouds' lifecycle hooks. */

/** Time that a new machine has to join the cluster before its health counts, and before its launch hook gives it up. */
export const bootSeconds = 900;

/**
 * A draining machine says at least this often that it is still at it; without a word it goes. Both clouds end a drain by
 * themselves: AWS after 48 hours or a hundred heartbeats, Alibaba Cloud after 6 hours or 20 of them.
 */
export const heartbeatSeconds = 1800;
