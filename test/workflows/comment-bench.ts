import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { strToU8, type Zippable, zipSync } from "fflate";
import { Bench, type Ran, script } from "../support/workflow.ts";

export const repository = "acme/cluster";
export const sha = "a".repeat(40);
/** What keeps markup from being one. */
export const space = "\u200b";

const gh = `echo "$*" >> calls.txt
case "$*" in
  *"--method PATCH"* | *"--method POST"*) cp "\${@: -1}" "sent-$(ls | grep -c ^sent-).json" ;;
  *"/pulls "*) cat pulls-answer.json ;;
  *"/artifacts?per_page=100") cat artifacts-answer.json ;;
  *"/zip") id=\${2%/zip}; cat "zip-\${id##*/}" ;;
  *"/comments?per_page=100") cat comments-answer.json ;;
  *) echo "unexpected: $*" >&2; exit 1 ;;
esac`;

export interface Pull {
  readonly number: unknown;
  readonly head: { readonly sha: string; readonly repo: { readonly full_name: string } | null };
  readonly base: { readonly repo: { readonly full_name: string } };
}

export function pull(number: unknown, from: string, commit = sha): Pull {
  return { number, head: { sha: commit, repo: { full_name: from } }, base: { repo: { full_name: repository } } };
}

export interface Artefact {
  readonly name: string;
  readonly files: Zippable;
  readonly size?: number;
}

/** Runs the comment workflow's steps against a stand-in of GitHub's API. */
export class CommentBench extends Bench {
  constructor() {
    super();
    this.standIn("gh", gh);
    this.write("comments-answer.json", "[]");
  }

  step(name: string, env: Readonly<Record<string, string>>): Ran {
    return this.run(script("comment", "comment", name), {
      REPO: repository,
      RUN_ID: "77",
      RUN_URL: "https://github.com/acme/cluster/actions/runs/77",
      HEAD_SHA: sha,
      HEAD_LABEL: "acme:topic",
      HEAD_REPO: repository,
      ...env,
    });
  }

  find(pulls: readonly Pull[], env: Readonly<Record<string, string>> = {}): Ran {
    this.write("pulls-answer.json", JSON.stringify(pulls));
    return this.step("Find the pull request", env);
  }

  /** Puts artefacts into the run, with the ids 1, 2, ... */
  offer(artefacts: readonly Artefact[]): void {
    const listed = artefacts.map((artefact, index) => {
      this.write(`zip-${index + 1}`, zipSync(artefact.files));
      return { id: index + 1, name: artefact.name, expired: false, size_in_bytes: artefact.size ?? 1000 };
    });
    this.write("artifacts-answer.json", JSON.stringify({ artifacts: listed }));
  }

  fetchTexts(from: string): Ran {
    return this.step("Download the comment texts", { HEAD_REPO: from });
  }

  /** The text as it would stand in the comment. */
  clean(text: string | Uint8Array): string {
    this.offer([{ name: "preview-offline", files: { "offline.md": typeof text === "string" ? strToU8(text) : text } }]);
    this.fetchTexts(repository);
    const run = this.step("Neutralise mentions, links and HTML tags", { LC_ALL: "C" });
    assert.equal(run.status, 0, run.stderr);
    return this.read("texts/offline.md");
  }

  /** Bodies of the comments that were made or updated. */
  sent(): readonly string[] {
    return readdirSync(this.directory)
      .filter((file) => file.startsWith("sent-"))
      .sort()
      .map((file) => String(JSON.parse(this.read(file)).body));
  }
}
