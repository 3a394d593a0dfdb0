import { certificateHome } from "../../config/remedy/examples.ts";
import { marketplaceProducts } from "../../providers/aws/schema.ts";
import type { Answers } from "./answers.ts";

/** Commands of the clouds that find what only the account knows. */

type Lookup = (known: Answers) => string;

const isAlibaba = ({ cloud }: Answers): boolean => cloud === "alibaba";

export const listZones: Lookup = (known) =>
  isAlibaba(known)
    ? `aliyun ecs DescribeZones --RegionId ${known.region}`
    : `aws ec2 describe-availability-zones --region ${known.region} --query 'AvailabilityZones[].ZoneName' --output text`;

/** The newest image of the marketplace, for those who subscribed to it. */
export const findImage: Lookup = (known) =>
  isAlibaba(known)
    ? `aliyun ecs DescribeImages --RegionId ${known.region} --ImageOwnerAlias marketplace`
    : [
        `aws ec2 describe-images --region ${known.region} --owners aws-marketplace`,
        `--filters Name=product-code,Values=${marketplaceProducts.media.code} 'Name=name,Values=${marketplaceProducts.media.name}'`,
        "Name=architecture,Values=x86_64 --query 'sort_by(Images,&CreationDate)[-1].ImageId' --output text",
      ].join(" ");

export const findHostedZone: Lookup = ({ zone }) =>
  `aws route53 list-hosted-zones-by-name --dns-name ${zone} --max-items 1 --query 'HostedZones[0].Id' --output text`;

export const listCertificates: Lookup = ({ region }) =>
  `aliyun cas ListUserCertificateOrder --region ${certificateHome(region)} --OrderType UPLOAD`;
