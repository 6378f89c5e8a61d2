#!/usr/bin/env bash
# Writes docs/EXTRACTION.md: what the extraction reaches on the public corpora.
#   tools/extraction_results.sh CORPORA
# CORPORA is the folder of the public corpora, as for `temoin-train`.
set -euo pipefail
cd "$(dirname "$0")/.."
corpora=${1:?give the folder of the public corpora}
train() { cargo run --release --quiet --locked -p temoin-train -- "$@"; }
{
  cat <<'END'
# Results of the extraction

Written by `tools/extraction_results.sh CORPORA`; not edited by hand. Everything starts from raw text.
Nothing is trained on these files; the rules were read against the development parts, so the figures
of those parts are not of unseen text. The layer of reports is trained on the training texts of POPCORN. Times are in [TIME.md](TIME.md).

## Claims read and judged

Sentences drawn by `temoin-train sample-claims` from articles of the development parts: the 87 French ones
are all that had not been read before, the 50 English ones are a draw among those not read before. Every
claim was judged against its sentence by the developers; the verdicts stand in
`crates/train/data/judged.*.tsv`, as facts and offsets. At first sight, before anything was mended for what
they showed, 114 of 129 French claims (88.4 %, 1.31 right ones a sentence) and 67 of 75 English ones
(89.3 %, 1.34) were right; the table is the present state. Earlier, readers who had not written the rules
found 66 of 79 French and 70 of 92 English claims right, in other sentences.

A claim is right when its subject, relation, object, status, polarity and source are; places and times that
were wrong are not counted here.

END
  train score-judged --corpora "$corpora"
  printf '\n## Triggers of events: MEANTIME, airbus and apple\n\n'
  train score-meantime --corpora "$corpora"
  printf '\nThe first version of the extraction (c050c4e) found 10.4 %% of these events (airbus 8.9, apple 12.1).\n'
  printf '\n## Entities, coreference and relations: POPCORN dev\n\nThe layer of reports, trained on the 400 training texts:\n\n'
  train score-popcorn --corpora "$corpora"
  printf '\nThe rules alone, by the mapping `crates/train/data/popcorn.tsv`, which knows nothing of spans:\n\n'
  train score-popcorn --rules --corpora "$corpora"
  printf '\n## Coreference\n\n'
  train score-coref --corpora "$corpora"
} > docs/EXTRACTION.md
