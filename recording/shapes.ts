/**
 * Outputs that are lists of objects, with the fields that programs reach for. All other outputs can stand as a text;
 * a program that reaches into one of those gets nothing, and the recorder says so.
 */
export const listOutputs: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "aws:acm/certificate:Certificate": {
    domainValidationOptions: ["domainName", "resourceRecordName", "resourceRecordType", "resourceRecordValue"],
  },
  "alicloud:mongodb/instance:Instance": { replicaSets: ["connectionDomain", "connectionPort"] },
};

/** Lookups that a stack may ask for, with the fields of their answers. */
export const lookups: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/getAmi:getAmi": ["id", "imageId", "architecture", "name"],
  "alicloud:ecs/getImages:getImages": ["ids"],
};
