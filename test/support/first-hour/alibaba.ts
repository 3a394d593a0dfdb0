import { alibabaError, type Failure } from "./failure.ts";

const provider = "github.com/aliyun/terraform-provider-alicloud@81c43b6";
const runInstances = (status: number, code: string, text: string) =>
  alibabaError("resource_alicloud_instance", "alicloud_instance", "RunInstances", status, code, text);

/** In the order in which one resource has them. */
export const alibabaFailures: readonly Failure[] = [
  {
    name: "another region than the image's",
    at: { command: ["config", "set", "alicloud:region", "ap-southeast-1"] },
    message:
      'ams:alibaba.images.media: got "m-gw800000000000000000", an image in eu-central-1; allowed: an image in ap-southeast-1 (alicloud:region)',
    source: "the program itself",
  },
  {
    name: "no credentials",
    at: { provider: "configure" },
    message:
      "configuring Terraform Alibaba Cloud Provider: no valid credential sources for Terraform Alibaba Cloud Provider found.",
    source: `${provider}, alicloud/provider.go, line 2531`,
  },
  {
    name: "a right that is missing",
    at: { type: /^alicloud:ram\/role:Role$/ },
    message: alibabaError(
      "resource_alicloud_ram_role",
      "alicloud_ram_role",
      "CreateRole",
      403,
      "NoPermission",
      "You are not authorized to do this action. You should be authorized by RAM.",
    ),
    source: "www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-createrole",
  },
  {
    name: "the quota of networks",
    at: { type: /^alicloud:vpc\/network:Network$/ },
    message: alibabaError(
      "resource_alicloud_vpc",
      "alicloud_vpc",
      "CreateVpc",
      400,
      "QuotaExceeded.Vpc",
      "VPC quota exceeded.",
    ),
    source: "www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-createvpc",
  },
  {
    name: "the quota of elastic addresses",
    at: { type: /^alicloud:ecs\/eipAddress:EipAddress$/ },
    message: alibabaError(
      "resource_alicloud_eip_address",
      "alicloud_eip_address",
      "AllocateEipAddress",
      400,
      "QuotaExceeded.Eip",
      "Elastic IP address quota exceeded",
    ),
    source: "www.alibabacloud.com/help/en/eip/developer-reference/api-vpc-2016-04-28-allocateeipaddress-eips",
  },
  {
    name: "Log Service that is not activated",
    at: { type: /^alicloud:log\/project:Project$/ },
    message: alibabaError(
      "resource_alicloud_log_project",
      "alicloud_log_project",
      "CreateProject",
      401,
      "InvalidAccessKeyId",
      "Your SLS service has not opened.",
    ),
    source: "alibabacloud.com/help/en/sls/developer-reference/error-codes",
  },
  {
    name: "ALB that is not activated",
    at: { type: /^alicloud:alb\/loadBalancer:LoadBalancer$/ },
    message: alibabaError(
      "resource_alicloud_alb_load_balancer",
      "alicloud_alb_load_balancer",
      "CreateLoadBalancer",
      400,
      "OperationDenyed.ServiceLinkedRoleNotExist",
      "The service linked role AliyunServiceRoleForAlb does not exist.",
    ),
    source: "Alb 2020-06-16, error codes of CreateLoadBalancer (api.alibabacloud.com)",
  },
  {
    name: "the quota of balancers",
    at: { type: /^alicloud:alb\/loadBalancer:LoadBalancer$/ },
    message: alibabaError(
      "resource_alicloud_alb_load_balancer",
      "alicloud_alb_load_balancer",
      "CreateLoadBalancer",
      400,
      "QuotaExceeded.LoadBalancersNum",
      "The quota of alb_quota_loadbalancers_num is exceeded, usage 60/60.",
    ),
    source: "Alb 2020-06-16, error codes of CreateLoadBalancer (api.alibabacloud.com)",
  },
  {
    name: "the quota of vCPUs",
    at: { type: /^alicloud:ecs\/instance:Instance$/ },
    message: runInstances(
      403,
      "QuotaExceed.ElasticQuota",
      "No additional quota is available for the specified ECS instance type.",
    ),
    source: "www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-runinstances",
  },
  {
    name: "no machine of that size in the database's zone",
    at: { type: /^alicloud:ecs\/instance:Instance$/ },
    message: runInstances(
      403,
      "OperationDenied.NoStock",
      "The requested resource is sold out in the specified zone; try other types of resources or other regions and zones.",
    ),
    source: "www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-runinstances",
  },
];
