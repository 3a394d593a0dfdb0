import { alibabaBucket } from "../alibaba/types.ts";
import { awsBucket, awsType } from "../aws/types.ts";
import { isResolved, ofType, targetOf } from "./links.ts";
import { type Found, isUnknown, type Resource, same, valueAt } from "./plain.ts";

/** Buckets: S3 keeps a bucket's settings in resources of their own, OSS most of them in the bucket. */
export const bucketsOf = (all: readonly Resource[]): readonly Resource[] =>
  ofType(all, awsBucket.bucket, alibabaBucket.bucket);

/** A bucket's settings of one type: those that name it, by reference or by its name, or that may. */
export const settingsOf = (all: readonly Resource[], on: Resource, type: string): readonly Resource[] => {
  const own = on.props["bucket"] ?? null;
  return ofType(all, type).filter(({ props: { bucket } }) => {
    const target = bucketBehind(all, bucket);
    if (target !== undefined) return target === on;
    // A name that the program gives is as unknown as the account's number that it ends with.
    return isUnknown(own) || !isResolved(all, bucket) || (!isUnknown(bucket) && same(bucket, own));
  });
};

export const objectTypes: readonly string[] = [awsBucket.object, alibabaBucket.object];

/** Whether the stack makes what is in a bucket, so that all of it can be made again. */
export const holdsOwnObjects = (all: readonly Resource[], on: Resource): boolean =>
  ofType(all, ...objectTypes).some(({ props: { bucket } }) => bucketBehind(all, bucket ?? null) === on);

/** The bucket behind a value: its own name, or that of a setting, which names the bucket. */
function bucketBehind(all: readonly Resource[], value: Found): Resource | undefined {
  const target = targetOf(all, value);
  return target === undefined || target.type === awsBucket.bucket || target.type === alibabaBucket.bucket
    ? target
    : bucketBehind(all, target.props["bucket"]);
}

/** Whether a setting is of a bucket that a balancer writes to. */
export function isOfLogs({ props }: Resource, all: readonly Resource[]): boolean {
  const bucket = bucketBehind(all, props["bucket"]);
  const written = ofType(all, awsType.balancer).map((one) =>
    bucketBehind(all, valueAt(one.props, "accessLogs.bucket")),
  );
  return bucket !== undefined && written.includes(bucket);
}
