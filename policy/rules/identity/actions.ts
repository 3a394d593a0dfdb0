/**
 * All that the cluster's roles and users do, by the clouds' names of actions. What isn't here is nobody's job in a
 * cluster, whatever condition narrows it: a role that may pass another one, write policies or start commands becomes
 * whoever it likes (IAM's guide, "Privilege escalation"; RAM's, "Best practices").
 */
export const jobs: readonly string[] = [
  // A node and its group: what it is doing, and that it has come to an end.
  "autoscaling:CompleteLifecycleAction",
  "autoscaling:DescribeAutoScalingGroups",
  "autoscaling:DescribeAutoScalingInstances",
  "autoscaling:RecordLifecycleActionHeartbeat",
  "autoscaling:SetInstanceHealth",
  "ess:CompleteLifecycleAction",
  "ess:DescribeLifecycleActions",
  "ess:DescribeLifecycleHooks",
  "ess:DescribeScalingActivities",
  "ess:DescribeScalingInstances",
  "ess:RecordLifecycleActionHeartbeat",
  "ess:SetInstanceHealth",
  // Which machines, volumes and addresses there are.
  "ec2:DescribeAddresses",
  "ec2:DescribeInstances",
  "ec2:DescribeVolumes",
  "ecs:DescribeDisks",
  "ecs:DescribeInstances",
  "vpc:DescribeEipAddresses",
  // An address of its group's own for a node; nobody takes one away.
  "ec2:AssociateAddress",
  "vpc:AssociateEipAddress",
  // Logs, metrics and sessions.
  "cloudwatch:PutMetricData",
  "cms:PutCustomMetric",
  "log:PostLogStoreLogs",
  "logs:CreateLogStream",
  "logs:PutLogEvents",
  "ssm:UpdateInstanceInformation",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
  // Its own secret, and the certificate that proxies renew; the owner's key behind both.
  "kms:Decrypt",
  "kms:GenerateDataKey",
  "kms:GetSecretValue",
  "kms:PutSecretValue",
  "oos:GetSecretParameter",
  "oos:UpdateSecretParameter",
  "secretsmanager:GetSecretValue",
  "secretsmanager:PutSecretValue",
  // The authority's challenges through DNS (dns-grants-are-for-challenges).
  "route53:ChangeResourceRecordSets",
  "route53:GetChange",
  // Recordings, and the agent's archive.
  "oss:AbortMultipartUpload",
  "oss:GetObject",
  "oss:ListObjects",
  "oss:ListParts",
  "oss:PutObject",
  "oss:PutObjectAcl",
  "s3:AbortMultipartUpload",
  "s3:GetObject",
  "s3:ListBucket",
  "s3:ListMultipartUploadParts",
  "s3:PutObject",
  "s3:PutObjectAcl",
];
