#!/usr/bin/env bash
# The benchmarks inside one JVM, with short settings (about four minutes); the table comes last. Arguments go to JMH:
#   bench/run-jmh.sh
#   bench/run-jmh.sh -f 3 -wi 5 -i 10 Parser
set -euo pipefail
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/toolchain.sh
. "$bench/../scripts/toolchain.sh"
need_java_and_maven
(cd "$bench/.." && mvn -q -B -DskipTests -Dquick -Djmh -Djacoco.skip -pl bench -am package) >&2
corpus=$bench/target/corpus
for series in 100 1000; do
  java "$bench/farm/TorchServeCorpus.java" --series "$series" --steps 16 --out "$corpus/$series" >&2
done
[ $# -gt 0 ] || set -- -f 2 -wi 3 -w 1 -i 5 -r 1
exec java -cp "$bench/target/jmh/lib/*" -Dtscollector.bench.corpus="$corpus" -Xmx512m -XX:+UseSerialGC tscollector.bench.BenchMain "$@"
