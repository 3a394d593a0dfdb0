import { certificateHome } from "../../config/remedy/examples.ts";

/** Examples of Alibaba Cloud's ids in a stack file: an id names its region, so that each region has its own. */

const zeros = "0".repeat(17);

export const exampleImagePattern = new RegExp(`^m-[a-z0-9]{3}${zeros}$`);
export const exampleCertificatePattern = /^10000000-(ap-southeast-1|cn-hangzhou)$/;

/** `prefix` is that of the region's images; without one the image is of no known region. */
export const exampleImageOf = (prefix = "000"): string => `m-${prefix}${zeros}`;
export const exampleCertificateOf = (region: string): string => `10000000-${certificateHome(region)}`;
