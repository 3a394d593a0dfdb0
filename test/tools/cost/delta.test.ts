import assert from "node:assert/strict";
import { costDelta } from "../../../tools/cost/delta.ts";
import { monthlyCost } from "../../../tools/cost/monthly.ts";
import type { PriceBook } from "../../../tools/cost/price-book.ts";
import type { CostedStack } from "../../../tools/cost/usage.ts";
import { costed, flatBook, without } from "../../support/books.ts";

describe("What a change costs", () => {
  let before_: CostedStack;
  let after_: CostedStack;
  let book: PriceBook;
  before(async () => {
    before_ = await costed("aws");
    after_ = await costed("aws", "edge.min=4", "edge.max=20");
    book = without(flatBook(before_), /^(snapshot|detailed-monitoring)$/);
  });

  const delta = (own: PriceBook, one = before_, other = after_): string =>
    costDelta(monthlyCost(one, { own: [own] }), monthlyCost(other, { own: [own] }));

  it("is money at the least, expected and most size, and names small parts without a price", () => {
    // Two, six and ten machines more, each of 730 for itself and its address, and 40 for its disk.
    assert.match(
      delta(book),
      /^\+9,000\.00 USD per month expected \(\+3,000\.00 minimum, \+15,000\.00 maximum\), excluding licences \(/,
    );
    assert.match(delta(book), /, plus unknown costs: ams-aws-edge: detailed monitoring$/);
    assert.match(delta(book, after_, before_), /^-9,000\.00 USD/);
    assert.equal(delta(book, before_, before_), "+0.00 USD per month expected (+0.00 minimum, +0.00 maximum)");
  });

  it("is counts and a command, and no sum, while the price of a machine that changes is unknown", () => {
    const text = delta(without(book, /^machine\/c5/));
    assert.match(
      text,
      /^cost unknown, because these prices are unknown: 2 to 10 -> 4 to 20 x c5\.xlarge\. For details: npm run cost -- aws$/,
    );
    assert.doesNotMatch(text, /USD/);
  });

  it("is a sum where what has no price stays as it is", () => {
    assert.match(delta(without(book, /^nat-gateway$/)), /^\+9,000\.00 USD/);
  });

  it("is about with estimates, and shows the licences where the stack says their price", () => {
    const prices = book.prices.map((each) =>
      /^machine/.test(each.item) ? { ...each, estimate: true as const } : each,
    );
    const licenceUsdPerHour = { edge: 2 };
    const text = delta({ ...book, prices }, { ...before_, licenceUsdPerHour }, { ...after_, licenceUsdPerHour });
    // 730 of 1,500 a machine.
    assert.match(text, /^about \+9,000\.00 USD .* maximum; 49 % estimated\), licences \+8,760\.00, plus/);
  });
});
