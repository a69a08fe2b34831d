#!/usr/bin/env bash
# Many targets, one scraper: CPU a sample, memory and punctuality of tscollector and of Debian's vmagent, one after the other.
#   bench/farm.sh                          both
#   PEERS=tscollector WINDOW=30 bench/farm.sh
#   EXPORTER=datadog STEPS=32 bench/farm.sh   to a Datadog intake instead of OTLP
# Settings (environment): TARGETS 1000, SERIES 100 a target, INTERVAL 5 (s), WARMUP 15 (s), WINDOW 60 (s), PEERS "tscollector vmagent",
# STEPS 16 (texts of a target, after which its counters fall: more than scrapes where deltas matter), EXPORTER otlp_http, PORT 20000 (the farm's first), SINK_PORT 24318, VMAGENT (a binary to take instead of Debian's),
# TSCOLLECTOR_JAVA_OPTS, THREADS=1 to see which threads took the time, PROFILE=FILE.jfr to record tscollector during its window,
# KEEP_LOGS=FOLDER, TSCOLLECTOR_HOME (a distribution to measure instead of the one of this checkout).
# Loopback only. Everything it started is gone when it ends.
set -euo pipefail
# shellcheck source=bench/farm/measure.sh
. "$(dirname "${BASH_SOURCE[0]}")/farm/measure.sh"
targets=${TARGETS:-1000} series=${SERIES:-100} interval=${INTERVAL:-5} warmup=${WARMUP:-15} window=${WINDOW:-60}
cache=${TSCOLLECTOR_BENCH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/tscollector-bench}
exporter=${EXPORTER:-otlp_http} port=${PORT:-20000} sink_port=${SINK_PORT:-24318} agent_port=${AGENT_PORT:-24429}

raise_file_limit() {
  local want=$((4 * targets + 1000)) hard
  hard=$(ulimit -Hn)
  [ "$hard" = unlimited ] || [ "$hard" -ge "$want" ] || want=$hard
  [ "$(ulimit -Sn)" = unlimited ] || [ "$(ulimit -Sn)" -ge "$want" ] || ulimit -Sn "$want"
  [ "$(ulimit -Sn)" = unlimited ] || [ "$(ulimit -Sn)" -ge $((2 * targets + 200)) ] || fail "too few open files for $targets targets: $(ulimit -Sn)"
}

endpoints() { for ((i = 0; i < targets; i++)); do echo "$1$((port + i))$2"; done; }

tscollector_config() {
  cat <<YAML
receivers:
  torchserve_openmetrics:
    collection_interval: ${interval}s
    endpoints:
$(endpoints '      - http://127.0.0.1:' /metrics)
processors:
  torchserve_naming: {}
exporters:
$(exporter_config)
service:
  pipelines:
    metrics:
      receivers: [torchserve_openmetrics]
      processors: [torchserve_naming]
      exporters: [$exporter]
YAML
}

exporter_config() {
  case $exporter in
    otlp_http) printf '  otlp_http:\n    endpoint: http://127.0.0.1:%s\n    compression: gzip\n' "$sink_port" ;;
    datadog) printf '  datadog:\n    hostname: farm\n    api: {key: 00000000000000000000000000000000}\n    metrics: {endpoint: "http://127.0.0.1:%s"}\n' "$sink_port" ;;
    *) fail "EXPORTER is otlp_http or datadog" ;;
  esac
}

vmagent_config() {
  cat <<YAML
global:
  scrape_interval: ${interval}s
scrape_configs:
  - job_name: torchserve
    static_configs:
      - targets:
$(endpoints '          - 127.0.0.1:' '')
YAML
}

# Unpacked, not installed; in a folder outside the checkout.
find_vmagent() {
  vmagent=${VMAGENT:-$cache/vm/usr/bin/vmagent}
  [ -x "$vmagent" ] && return
  say "vmagent is taken from Debian's package victoria-metrics, into $cache"
  mkdir -p "$cache"
  (cd "$cache" && apt-get download victoria-metrics >&2 && dpkg-deb -x victoria-metrics_*.deb vm) || fail "the package cannot be had"
}

start_tscollector() {
  tscollector_config >"$work/tscollector.yaml"
  start_child "$work/tscollector.log" "$home/bin/tscollector" run --config "$work/tscollector.yaml"
}

start_vmagent() {
  find_vmagent
  vmagent_config >"$work/vmagent.yaml"
  start_child "$work/vmagent.log" "$vmagent" -promscrape.config="$work/vmagent.yaml" -httpListenAddr="127.0.0.1:$agent_port" \
    -remoteWrite.url="http://127.0.0.1:$sink_port/api/v1/write" -remoteWrite.tmpDataPath="$work/vmagent-data"
}

# What the peer itself says it sent; the sink counts data points of OTLP, but does not read remote write.
delivered() {
  case $1 in
    tscollector) stats "$sink_port" stats | field points ;;
    vmagent) stats "$agent_port" metrics | awk '/^vmagent_remotewrite_global_rows_pushed_before_relabel_total|^vmagent_remotewrite_global_rows_pushed_total/ { printf "%d\n", $2; exit }' ;;
  esac
}

# "ID TICKS NAME" of each thread of a process.
threads() { # PID
  for stat in /proc/"$1"/task/*/stat; do
    sed -n 's/^\([0-9]*\) (\(.*\)) \(.*\)/\1 \3 \2/p' "$stat" 2>/dev/null | awk '{ name = $52; for (i = 53; i <= NF; i++) name = name "_" $i; print $1, $13 + $14, name }' || true
  done
}

busiest_threads() {
  awk -v hz="$(getconf CLK_TCK)" 'FNR == NR { before[$1] = $2; next }
    $2 > before[$1] { printf "%6d ms  %s\n", ($2 - before[$1]) * 1000 / hz, $3 }' "$work/threads.before" "$work/threads.after" | sort -rn | head -n 12 >&2
}

measure() { # PEER
  local peer=$1 requests posts points bytes cpu
  "start_$peer"
  say "$peer: process $child, warming up for $warmup s"
  sleep "$warmup"
  kill -0 "$child" 2>/dev/null || { tail -n 20 "$work/$peer.log" >&2; fail "$peer ended"; }
  if [ "$peer" = tscollector ] && [ -n "${PROFILE:-}" ]; then
    jcmd "$child" JFR.start settings=profile duration="${window}s" filename="$(realpath "$PROFILE")" >&2
  fi
  stats "$port" reset
  requests=$(stats "$port" stats | field requests)
  bytes=$(stats "$sink_port" stats | field bytes)
  posts=$(stats "$sink_port" stats | field requests)
  points=$(delivered "$peer")
  cpu=$(cpu_millis "$child")
  threads "$child" >"$work/threads.before"
  say "$peer: measuring for $window s"
  sleep "$window"
  cpu=$(($(cpu_millis "$child") - cpu))
  threads "$child" >"$work/threads.after"
  requests=$(($(stats "$port" stats | field requests) - requests))
  stats "$port" lateness >"$work/$peer.lateness"
  bytes=$(($(stats "$sink_port" stats | field bytes) - bytes))
  posts=$(($(stats "$sink_port" stats | field requests) - posts))
  points=$(($(delivered "$peer") - ${points:-0}))
  local samples=$((requests * series))
  [ "$samples" -gt 0 ] || { tail -n 20 "$work/$peer.log" >&2; fail "$peer scraped nothing"; }
  awk -v peer="$peer" -v cpu="$cpu" -v samples="$samples" -v rss="$(memory_mb "$child" VmRSS)" -v peak="$(memory_mb "$child" VmHWM)" \
    -v points="$points" -v posts="$posts" -v bytes="$bytes" -v expected="$((targets * window / interval))" -v requests="$requests" '
    { late[$1] = $2 }
    END {
      printf "| %s | %.2f | %s | %s | %s / %s / %s | %d | %d of %d | %d | %d in %d | %.1f |\n", peer, cpu * 1000 / samples, rss, peak, late["late_p50_ms"],
        late["late_p99_ms"], late["late_max_ms"], late["missed"], requests, expected, samples, points, posts, bytes / samples
    }' "$work/$peer.lateness" >>"$work/rows"
  echo "$peer $cpu $samples $(memory_mb "$child" VmRSS)" >>"$work/figures"
  if grep -qE 'ERROR|WARN' "$work/$peer.log" && [ "$peer" = tscollector ]; then
    say "$peer says:"
    grep -E 'ERROR|WARN' "$work/$peer.log" | head -n 5 >&2
  fi
  [ -z "${THREADS:-}" ] || busiest_threads
  stop_child "$child"
  if [ -n "${KEEP_LOGS:-}" ]; then cp "$work/$peer.log" "$KEEP_LOGS/"; fi
}

need_distribution
raise_file_limit
about=$(machine)
start_child "$work/farm.log" java -XX:+UseSerialGC -Xmx600m -XX:MaxDirectMemorySize=4g "$bench/farm/TorchServeCorpus.java" --serve "$port" \
  --ports "$targets" --series "$series" --steps "${STEPS:-16}" --distinct --interval "$interval"
start_child "$work/sink.log" java -XX:+UseSerialGC -Xmx200m "$bench/farm/Sink.java" "$sink_port"
wait_for_port "$sink_port" 60 sink
wait_for_port "$((port + targets - 1))" 180 "the farm"

for peer in ${PEERS:-tscollector vmagent}; do measure "$peer"; done

echo "$targets targets x $series series every $interval s, $window s after $warmup s, tscollector by $exporter; $about"
echo
echo "| | CPU us/sample | RSS MB | peak MB | late ms p50 / p99 / max | missed | scrapes | samples scraped | points sent in requests | bytes/sample |"
echo "|---|---|---|---|---|---|---|---|---|---|"
cat "$work/rows"
awk '{ cpu[$1] = $2 / $3; rss[$1] = $4 }
  END { if (("tscollector" in cpu) && ("vmagent" in cpu))
    printf "\ntscollector / vmagent: CPU a sample %.2f, RSS %.2f\n", cpu["tscollector"] / cpu["vmagent"], rss["tscollector"] / rss["vmagent"] }' "$work/figures"
