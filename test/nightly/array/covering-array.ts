import { Relations } from "./relations.ts";
import { type Question, type Row, randomFrom } from "./rows.ts";
import { Table } from "./table.ts";

export interface Effort {
  readonly seed: number;
  readonly moves: number;
}

/** As many as bring the rows together that would be refused. */
const movesToLearn = 5_000;

/** At first a move that loses a pair is taken often, at the end hardly ever. */
const [hottest, coldest] = [0.6, 0.12];

/**
 * `count` rows that together show each pair of values which a row may have, none of them refused; found by simulated
 * annealing. With too little effort some pairs are missing.
 */
export function coveringArray(question: Question, count: number, effort: Effort): readonly Row[] {
  const relations = new Relations(question);
  for (let moves = movesToLearn; ; ) {
    const rows = anneal(question, relations, count, { ...effort, moves });
    // What a refused row teaches holds for the next attempt.
    const learnt = rows.map((row) => relations.learn(row)).includes(true);
    if (!learnt && moves === effort.moves) return rows;
    moves = learnt ? movesToLearn : effort.moves;
  }
}

function anneal(question: Question, relations: Relations, count: number, { seed, moves }: Effort): readonly Row[] {
  const random = randomFrom(seed);
  const below = (end: number): number => Math.floor(random() * end);
  const sizes = Object.values(question.values).map((values) => values.length);
  const starts = sizes.map((_, place) => sizes.slice(0, place).reduce((sum, size) => sum + size, 0));
  const anyAt = (place: number): number => (starts[place] ?? 0) + below(sizes[place] ?? 1);
  const table = new Table(question, relations, random);
  for (let made = 0; made < count; made++) table.add(sizes.map((_, place) => anyAt(place)));
  for (let move = 0; move < moves && table.cost > 0; move++) {
    const heat = hottest * (coldest / hottest) ** (move / moves);
    const row = table.rows[below(count)] ?? [];
    const places = random() < 0.3 ? [below(sizes.length), below(sizes.length)] : [below(sizes.length)];
    const cost = table.cost;
    const before = places.map((place) => [place, table.change(row, place, anyAt(place))] as const);
    const worse = table.cost - cost;
    if (worse <= 0 || random() < Math.exp(-worse / heat)) continue;
    for (const [place, cell] of before.reverse()) table.change(row, place, cell);
  }
  return table.rowsAsSaid();
}
