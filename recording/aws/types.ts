/** The type tokens that readers and rules look at. */
export const awsType = {
  balancer: "aws:lb/loadBalancer:LoadBalancer",
  listener: "aws:lb/listener:Listener",
  listenerRule: "aws:lb/listenerRule:ListenerRule",
  targetGroup: "aws:lb/targetGroup:TargetGroup",
  group: "aws:autoscaling/group:Group",
  policy: "aws:autoscaling/policy:Policy",
  schedule: "aws:autoscaling/schedule:Schedule",
  alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  log: "aws:cloudwatch/logGroup:LogGroup",
  template: "aws:ec2/launchTemplate:LaunchTemplate",
  instance: "aws:ec2/instance:Instance",
  address: "aws:ec2/eip:Eip",
  attachment: "aws:ec2/volumeAttachment:VolumeAttachment",
  record: "aws:route53/record:Record",
  volume: "aws:ebs/volume:Volume",
  securityGroup: "aws:ec2/securityGroup:SecurityGroup",
  ingressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egressRule: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  /** Of a group's rules in the provider's older form. */
  formerRule: "aws:ec2/securityGroupRule:SecurityGroupRule",
  defaultGroup: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  subnet: "aws:ec2/subnet:Subnet",
  secret: "aws:secretsmanager/secret:Secret",
  database: "aws:docdb/cluster:Cluster",
} as const;

/** S3 keeps a bucket's settings in resources of their own. */
export const awsBucket = {
  bucket: "aws:s3/bucket:Bucket",
  block: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  owner: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  acl: "aws:s3/bucketAcl:BucketAcl",
  object: "aws:s3/bucketObjectv2:BucketObjectv2",
  policy: "aws:s3/bucketPolicy:BucketPolicy",
  encryption: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  versions: "aws:s3/bucketVersioning:BucketVersioning",
  lifecycle: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
} as const;
