/**
 * What stays in the cloud when a stack is destroyed: a disk of the database, of which ECS takes no last snapshot, and a
 * bucket with what keeps it private, since S3 deletes none that holds anything.
 */
export const isKept = ({ type }: { readonly type: string }): boolean =>
  type === "alicloud:ecs/ecsDisk:EcsDisk" || type.startsWith("aws:s3/bucket");
