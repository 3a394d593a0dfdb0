/** What a command requires, in the words of its comment on the page. */
interface Requirement {
  /** Why no test has it. */
  readonly reason: string;
  readonly commands: readonly string[];
}

const awsSecret =
  'aws secretsmanager get-secret-value --secret-id "$(pulumi stack output panelSecret)" --query SecretString --output text';
const edges = '--auto-scaling-group-name "$(pulumi stack output edgeGroup)"';
const refresh = '--RegionId "$region" --ScalingGroupId "$group"';

/** Each command that the documentation shows and that no test runs as it is shown. */
export const notRun: Readonly<Record<string, Requirement>> = {
  Prometheus: {
    reason: "Prometheus is no part of a fresh machine; test/tools/prometheus.test.ts runs its promtool on these files",
    commands: ["promtool check config prometheus/scrape.yml", "promtool check rules prometheus/alerts.yml"],
  },
  "an AWS account": {
    reason: "the stand-in cloud has providers for the engine, and no API of its own",
    commands: [
      awsSecret,
      "pulumi login s3://my-state",
      "aws ec2 describe-images --region eu-west-1 --owners aws-marketplace --filters Name=product-code,Values=4wh7rhpic3wfwamyp5905tsbt 'Name=name,Values=AntMedia-AWS-Marketplace-EE-*' Name=architecture,Values=x86_64 --query 'sort_by(Images,&CreationDate)[-1].[ImageId,Name]' --output text",
      `aws autoscaling describe-instance-refreshes ${edges}`,
      `aws autoscaling cancel-instance-refresh ${edges}`,
      `aws autoscaling put-lifecycle-hook ${edges} --lifecycle-hook-name drain --heartbeat-timeout 1800`,
      `aws autoscaling start-instance-refresh --auto-scaling-group-name "$(pulumi stack output originGroup)" --preferences '{"MinHealthyPercentage":100,"MaxHealthyPercentage":150}'`,
      "aws resourcegroupstaggingapi get-resources --tag-filters Key=ams-cluster,Values=NAME --query 'ResourceTagMappingList[].ResourceARN' --output text",
    ],
  },
  "an Alibaba Cloud account": {
    reason: "the stand-in cloud has providers for the engine, and no API of its own",
    commands: [
      'aliyun oos GetSecretParameter --Name "$(pulumi stack output panelSecret)" --WithDecryption true',
      "npm run cost -- alibaba --update --book my-prices.json",
      "region=$(pulumi config get alicloud:region)",
      `group=$(aliyun ess DescribeScalingGroups --RegionId "$region" --ScalingGroupName.1 "$(pulumi stack output edgeGroup)" |\njq -r '.ScalingGroups.ScalingGroup[0].ScalingGroupId')`,
      `aliyun ess DescribeInstanceRefreshes ${refresh}`,
      `aliyun ess CancelInstanceRefresh ${refresh} --InstanceRefreshTaskId ir-...`,
      `aliyun ess RollbackInstanceRefresh ${refresh} --InstanceRefreshTaskId ir-...`,
      `aliyun tag ListTagResources --RegionId REGION --Tags '{"ams-cluster":"NAME"}'`,
      "pulumi import alicloud:oss/bucket:Bucket ams-alibaba-recordings BUCKET --parent storage=URN",
    ],
  },
  "a Pulumi account": {
    reason: "Pulumi Cloud is on the internet",
    commands: ["pulumi login"],
  },
  "a running cluster": {
    reason:
      "no machine of a stand-in cloud runs; test/tools/live-commands.test.ts runs the same commands on a stand-in cluster, and test/machine/tokens.test.ts those with a token",
    commands: [
      "npm run verify -- --stack aws",
      "npm run verify -- --stack alibaba",
      "npm run verify -- --stack aws --only certificate --days 30",
      "npm run verify -- --stack aws --resolve live.example.com=203.0.113.20 --resolve rtmp.live.example.com=203.0.113.21",
      `${awsSecret} | npm run --silent verify -- --stack aws --secret -`,
      "npm run status -- --stack aws --secret secret.json --watch",
      "npm run apps -- --stack aws --secret secret.json",
      "npm run apps -- --stack aws --secret secret.json --delete LiveApp",
      "npm run load -- --stack aws --publishers 5 --viewers 100 --seconds 60 --by both",
      "npm run restore-drill -- --stack aws --yes",
      'ffmpeg -re -i video.mp4 -c copy -f flv "rtmp://rtmp.live.example.com/live/s1?token=TOKEN"',
      'curl --fail -X POST -H "Authorization: Bearer TOKEN" -H "Content-Type: application/sdp" --data-binary @offer.sdp "https://live.example.com/live/whip/s1"',
      'ffmpeg -i "https://live.example.com:5443/live/streams/s1.m3u8?token=TOKEN" -t 2 -c copy copy.ts',
      "dig +short BALANCER",
      "ssh -N -L 27018:db1.ams-aws.internal:27017 ubuntu@MEDIA_MACHINE",
    ],
  },
  "a shell on a machine in the cluster": {
    reason: "the boot rehearsals (test/rehearsal) run the machines",
    commands: [
      "systemd-analyze security ams-media.service",
      "mkdir -p /run/systemd/system/ams-media.service.d",
      "printf '[Service]\\nProtectSystem=no\\n' >/run/systemd/system/ams-media.service.d/try.conf",
      "systemctl daemon-reload",
      "systemctl restart ams-media.service",
    ],
  },
  "zonePolicy priority": {
    reason:
      "the fresh machine's stack has balanced zones, and a change of the policy replaces its groups; test/engine/nightly/proxies.ts starts the refresh on the engine",
    commands: ["pulumi config set --path ams:alibaba.upgrade instance-refresh"],
  },
  "both databases": {
    reason: "MongoDB's tools and servers are in no package that the tests install",
    commands: [
      "mongodump --uri mongodb://OLD:27017 --db live --archive=live.archive",
      `mongorestore --uri "mongodb://root@127.0.0.1:27018/?authSource=admin&directConnection=true" --archive=live.archive --nsInclude 'live.*'`,
    ],
  },
  "a terminal": {
    reason: "test/tools/init.test.ts answers the questions",
    commands: ["npm run init"],
  },
  "the internet": {
    reason: "the tests reach no price list, and the package is not published yet: it is installed from its archive",
    commands: ["npm run cost -- aws --update", "npm install"],
  },
  "the internet and Debian or Ubuntu": {
    reason: "these are the tests themselves; .ci/run runs both on a fresh machine",
    commands: ["npm run setup:test", "npm test"],
  },
  "an installed Ant Media Server": {
    reason: "Enterprise Edition is not free; test/ams/real.test.ts runs the command on a stand-in of an installation",
    commands: ["sudo npm run test:ams -- --home /usr/local/antmedia"],
  },
};
