#!/usr/bin/env bash
# From process start to the first batch that a sink received, and memory then and after half a minute; per JDK and set of JVM options.
#   bench/start.sh
#   JDKS=/usr/lib/jvm/java-17-openjdk-amd64 VARIANTS="shipped cds" RUNS=9 bench/start.sh
# Settings (environment): JDKS (folders), RUNS 5, IDLE 30 (s), IDLE_RUNS 1 (how many of the runs stay for that long), YOUNG 16m, SINK_PORT 24318,
# SIM_PORT 24080 (the first of three), TSCOLLECTOR_HOME (a distribution to measure instead of the one of this checkout), VARIANTS: of
#   shipped   what bin/tscollector says             c2        and the second compiler          young     and -Xmn$YOUNG
#   cds       and an archive of the loaded classes (17: -XX:ArchiveClassesAtExit, 19 and newer: -XX:+AutoCreateSharedArchive)
#   cds+young both                                  aot       an AOT cache (25 and newer)      aot+young
# Behind the pipeline stands the demo's TorchServe. Loopback only. Everything it started is gone when it ends.
set -euo pipefail
# shellcheck source=bench/farm/measure.sh
. "$(dirname "${BASH_SOURCE[0]}")/farm/measure.sh"
jdks=${JDKS:-/usr/lib/jvm/java-17-openjdk-amd64 /usr/lib/jvm/temurin-25-jdk-amd64}
young=${YOUNG:-16m} runs=${RUNS:-5} idle=${IDLE:-30} idle_runs=${IDLE_RUNS:-1} sink_port=${SINK_PORT:-24318} sim_port=${SIM_PORT:-24080}

config() { # config/minimal.yaml with OTLP over HTTP and the ports of this script
  cat <<YAML
receivers:
  torchserve:
    host: 127.0.0.1
    ports: {inference: $sim_port, management: $((sim_port + 1)), metrics: $((sim_port + 2))}
processors:
  torchserve_naming: {}
  model_diff: {}
exporters:
  otlp_http:
    endpoint: http://127.0.0.1:$sink_port
service:
  pipelines:
    metrics:
      receivers: [torchserve]
      processors: [torchserve_naming]
      exporters: [otlp_http]
    logs:
      receivers: [torchserve]
      processors: [model_diff]
      exporters: [otlp_http]
YAML
}

# Options of a variant on a JDK; nothing and status 1 if that JDK cannot do it.
options() { # MAJOR VARIANT training|use
  local archive=$work/$1-$2.archive
  case $2 in
    shipped) ;;
    c2) echo "-XX:TieredStopAtLevel=4" ;;
    young) echo "-Xmn$young" ;;
    cds | cds+young)
      [ "$2" = cds ] || echo "-Xmn$young"
      if [ "$1" -ge 19 ]; then
        echo "-XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=$archive"
      elif [ "$3" = training ]; then
        echo "-XX:ArchiveClassesAtExit=$archive"
      else
        echo "-XX:SharedArchiveFile=$archive"
      fi
      ;;
    aot | aot+young)
      [ "$1" -ge 25 ] || return 1
      [ "$2" = aot ] || echo "-Xmn$young"
      if [ "$3" = training ]; then echo "-XX:AOTCacheOutput=$archive"; else echo "-XX:AOTCache=$archive"; fi
      ;;
    *) fail "unknown variant $2" ;;
  esac
}

# One start: leaves $millis, $cpu and $rss, and the process as $child.
start_once() { # JDK-HOME OPTIONS
  local begin first=0
  stats "$sink_port" reset >/dev/null
  begin=$(($(date +%s%N) / 1000))
  JAVA_HOME=$1 TSCOLLECTOR_JAVA_OPTS=$2 start_child "$work/run.log" "$home/bin/tscollector" run --config "$work/config.yaml"
  for _ in $(seq 300); do
    first=$(stats "$sink_port" stats | field first_micros)
    [ "$first" = 0 ] || break
    kill -0 "$child" 2>/dev/null || break
    sleep 0.1
  done
  [ "$first" != 0 ] || { cat "$work/run.log" >&2; fail "nothing was sent"; }
  millis=$(((first - begin) / 1000))
  cpu=$(cpu_millis "$child")
  rss=$(memory_mb "$child" VmRSS)
}

# "median (min-max)" of a column of numbers.
spread() { sort -n | awk '{ v[NR] = $1 } END { if (NR) printf "%s (%s-%s)", v[int((NR + 1) / 2)], v[1], v[NR]; else printf "-" }'; }

measure() { # JDK-HOME MAJOR VARIANT
  local flags run
  flags=$(options "$2" "$3" training | tr '\n' ' ') || return 0
  case $3 in
    cds* | aot*) # a run that ends as it should leaves the archive
      start_once "$1" "$flags"
      sleep 1
      stop_child "$child"
      wait "$child" 2>/dev/null || true
      [ -s "$work/$2-$3.archive" ] || { tail -n 5 "$work/run.log" >&2; fail "no archive for $3 on $2"; }
      ;;
  esac
  flags=$(options "$2" "$3" use | tr '\n' ' ')
  : >"$work/millis"
  : >"$work/cpu"
  : >"$work/rss"
  : >"$work/idle"
  for ((run = 0; run < runs; run++)); do
    start_once "$1" "$flags"
    echo "$millis" >>"$work/millis"
    echo "$cpu" >>"$work/cpu"
    echo "$rss" >>"$work/rss"
    if [ "$run" -lt "$idle_runs" ]; then
      sleep "$idle"
      memory_mb "$child" VmRSS >>"$work/idle"
    fi
    stop_child "$child"
    wait "$child" 2>/dev/null || true
  done
  echo "| $2 | $3 | $(spread <"$work/millis") | $(spread <"$work/cpu") | $(spread <"$work/rss") | $(spread <"$work/idle") |" | tee -a "$work/rows" >&2
}

need_distribution
about=$(machine)
config >"$work/config.yaml"
start_child "$work/sink.log" java -XX:+UseSerialGC -Xmx64m "$bench/farm/Sink.java" "$sink_port"
start_child "$work/simulator.log" java -XX:+UseSerialGC -Xmx64m -cp "$home/lib/*" "$bench/farm/Simulator.java" "$sim_port" "$((sim_port + 1))" "$((sim_port + 2))"
wait_for_port "$sink_port" 60 sink
wait_for_port "$((sim_port + 2))" 60 "the simulator"
for jdk in $jdks; do
  [ -x "$jdk/bin/java" ] || { say "no JDK in $jdk"; continue; }
  major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$jdk/release")
  for variant in ${VARIANTS:-shipped c2 young cds cds+young aot aot+young}; do measure "$jdk" "$major" "$variant"; done
done

echo "$runs runs each, median (min-max); $about"
echo
echo "| JDK | options | start to first batch, ms | CPU until then, ms | RSS then, MB | RSS after $idle s, MB |"
echo "|---|---|---|---|---|---|"
cat "$work/rows"
