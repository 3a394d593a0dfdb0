/** Two of each kind of thing that exists in an account, as its cloud names them. */
export const ofCloud = {
  aws: {
    network: ["vpc-0123456789abcdef1", "vpc-0123456789abcdef2"],
    subnet: ["subnet-0123456789abcdef7", "subnet-0123456789abcdef8"],
    group: ["sg-0123456789abcdef0", "sg-0123456789abcdef1"],
    key: [
      "arn:aws:kms:ap-south-1:123456789012:key/11111111-2222-3333-4444-555555555555",
      "arn:aws:kms:ap-south-1:123456789012:key/11111111-2222-3333-4444-666666666666",
    ],
    certificate: [
      "arn:aws:acm:ap-south-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
      "arn:aws:acm:ap-south-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdff",
    ],
    cdnCertificate: [
      "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
      "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdff",
    ],
    image: ["ami-0123456789abcdef1", "ami-0123456789abcdef2"],
    type: ["c5.2xlarge", "c5.4xlarge"],
    databaseType: ["m5.2xlarge", "m5.4xlarge"],
    snapshot: ["snap-0123456789abcdef0", "snap-0123456789abcdef1"],
  },
  alibaba: {
    network: ["vpc-gw8123456789abcdefgh1", "vpc-gw8123456789abcdefgh2"],
    subnet: ["vsw-gw8123456789abcdefgh7", "vsw-gw8123456789abcdefgh8"],
    group: ["sg-gw8123456789abcdefgh1", "sg-gw8123456789abcdefgh2"],
    key: ["11111111-2222-3333-4444-555555555555", "11111111-2222-3333-4444-666666666666"],
    certificate: ["12345678-eu-central-1", "12345679-eu-central-1"],
    cdnCertificate: ["12345678-ap-southeast-1", "12345679-ap-southeast-1"],
    image: ["m-gw8123456789abcdefg1", "m-gw8123456789abcdefg2"],
    type: ["ecs.c6e.2xlarge", "ecs.c6e.4xlarge"],
    databaseType: ["ecs.g6e.2xlarge", "ecs.g6e.4xlarge"],
    snapshot: ["s-gw8f1e2d3c4b5a697887", "s-gw8f1e2d3c4b5a697888"],
  },
} as const;
