/** The media machines' secret, whose database lets `password` in. */
export const secretWith = (password: string): string =>
  JSON.stringify({
    mongoUrl: `mongodb://ams:${password}@db1.ams-test.internal:27017`,
    panelPassword: "panelPassword0123",
    jwtKey: "jwtKey0123456789012345678901234567890123456789",
    clusterKey: "clusterKey0123456789012345678901",
  });

/** Its place in the store of the rehearsals' cloud. */
export const secretName = "aws:ams-test-media-1";
