/** Keys without a trace in a plan, with the reason. */
export const exempt: readonly { readonly path: RegExp; readonly because: string }[] = [
  { path: /^ams:cloud$/, because: "it chooses whose plan it is" },
  { path: /^ams:audience\./, because: "it makes no resource: `plan`, `capacity` and `cost` read it" },
  { path: /^ams:media\.licenceUsdPerHour$/, because: "it makes no resource: `cost` reads it" },
  { path: /^ams:exceptions\[n\]\./, because: "it changes no resource: the policy reads it" },
  { path: /^ams:(aws|alibaba)\.quotas\./, because: "it changes no resource: warnings read it" },
  {
    path: /^ams:database\.diskGiB managed aws$/,
    because: "DocumentDB's storage has no size: it grows by itself, up to 128 TiB",
  },
  { path: /^ams:(aws|alibaba)\.unlistedTypes$/, because: "it lets `instanceTypes` name a type" },
];

export const isExempt = (at: string): boolean => exempt.some(({ path }) => path.test(at));
