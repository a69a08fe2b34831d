import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Deterministic TorchServe-like /metrics corpus and loopback target farm (no dependencies, Java 17+).
 *
 * <pre>
 * java TorchServeCorpus.java --series 1000 --step 3                   # one body on stdout
 * java TorchServeCorpus.java --series 1000 --steps 10 --out DIR       # DIR/step-0000.prom ...
 * java TorchServeCorpus.java --serve 9400 --ports 1000 --series 100 --steps 8 [--gzip] # http://127.0.0.1:9400/t/N/metrics
 * options: --seed N  --churn F (share of model/worker series renamed per step)  --change F (share of values
 *          that move per step, default 1.0)  --long F (share of 16-17-digit values, default 0.35)  --bind ADDR
 *          --ports N (listen on N consecutive ports, so that each target is a host:port of its own)
 *          --distinct (each target has a text of its own; needs --ports)  --interval S (the grid of /lateness, default 5)
 * </pre>
 *
 * Shape follows TorchServe: family order fixed, HELP/TYPE before every family (also the empty ones), labels
 * closed with a trailing comma, values printed by Java's Double.toString (so 17 digits and 1.2345E9 occur).
 * Same arguments give the same bytes on every machine. --serve answers with HTTP/1.1 keep-alive; each target's
 * body moves one step further per request, and GET /stats returns requests and bytes served so far.
 *
 * <p>GET /lateness says how punctual the scrapes since the last GET /reset were. The grid of a target is its earliest phase in
 * that time: a scrape is late by what it comes behind it, and a gap of more than one and a half intervals has missed some.
 */
public final class TorchServeCorpus {
  /** name, kind, unit, label set: H = Level,Hostname; W = +WorkerName; G = +DeviceId; M = ModelName; T = model_name. */
  private static final String[][] FAMILIES = {
    {"Requests5XX", "counter", "Count", "H"}, {"DiskUsage", "gauge", "Gigabytes", "H"},
    {"GPUUtilization", "gauge", "Percent", "G"}, {"PredictionTime", "gauge", "ms", "M"},
    {"WorkerLoadTime", "gauge", "Milliseconds", "W"}, {"MemoryAvailable", "gauge", "Megabytes", "H"},
    {"GPUMemoryUsed", "gauge", "Megabytes", "G"}, {"ts_inference_requests_total", "counter", "Count", "T"},
    {"GPUMemoryUtilization", "gauge", "Percent", "G"}, {"HandlerTime", "gauge", "ms", "M"},
    {"ts_inference_latency_microseconds", "counter", "Microseconds", "T"}, {"CPUUtilization", "gauge", "Percent", "H"},
    {"MemoryUsed", "gauge", "Megabytes", "H"}, {"QueueTime", "gauge", "Milliseconds", "H"},
    {"ts_queue_latency_microseconds", "counter", "Microseconds", "T"}, {"DiskUtilization", "gauge", "Percent", "H"},
    {"Requests2XX", "counter", "Count", "H"}, {"Requests4XX", "counter", "Count", "H"},
    {"WorkerThreadTime", "gauge", "Milliseconds", "H"}, {"DiskAvailable", "gauge", "Gigabytes", "H"},
    {"MemoryUtilization", "gauge", "Percent", "H"},
  };

  private final int hosts, gpus, models, workers, target;
  private final long seed;
  private final double churn, change, longShare;
  private int samples;

  public TorchServeCorpus(int series, long seed, int target, double churn, double change, double longShare) {
    this.seed = seed;
    this.target = target;
    this.churn = churn;
    this.change = change;
    this.longShare = longShare;
    // One instance is one host. Big bodies stand for a host with very many models (plus a few hosts, as behind a proxy).
    this.hosts = Math.max(1, Math.min(64, series / 800));
    this.gpus = series < 60 ? 2 : 8;
    int left = Math.max(9, series - hosts * (12 + 3 * gpus));
    this.models = Math.max(1, left / 9);           // 5 model series + 4 worker series a model
    this.workers = Math.max(1, left - models * 5); // exact count
  }

  public static TorchServeCorpus of(int series) { return new TorchServeCorpus(series, 42, 0, 0, 1, 0.35); }

  /** Samples in the body rendered last. */
  public int samples() { return samples; }

  public byte[] body(int step) {
    StringBuilder sb = new StringBuilder(1 << 16);
    samples = 0;
    int slot = 0;
    for (String[] f : FAMILIES) {
      sb.append("# HELP ").append(f[0]).append(" Torchserve prometheus ").append(f[1]).append(" metric with unit: ")
          .append(f[2]).append('\n').append("# TYPE ").append(f[0]).append(' ').append(f[1]).append('\n');
      int n = switch (f[3]) { case "H" -> hosts; case "G" -> hosts * gpus; case "W" -> workers; default -> models; };
      for (int i = 0; i < n; i++, slot++) sample(sb, f, i, slot, step);
    }
    return sb.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void sample(StringBuilder sb, String[] f, int i, int slot, int step) {
    int gen = churn <= 0 ? 0 : generation(slot, step);
    String host = "ip-10-" + (target >> 8 & 255) + "-" + (target & 255) + "-";
    switch (f[3]) {
      case "H" -> sb.append(f[0]).append("{Level=\"Host\",Hostname=\"").append(host).append(i).append(".ec2.internal\",} ");
      case "G" -> sb.append(f[0]).append("{Level=\"Host\",DeviceId=\"").append(i % gpus).append("\",Hostname=\"")
          .append(host).append(i / gpus).append(".ec2.internal\",} ");
      case "W" -> sb.append(f[0]).append("{WorkerName=\"W-").append(9000 + i).append('-').append(model(i % models, gen))
          .append("_1.0\",Level=\"Host\",Hostname=\"").append(host).append(i % hosts).append(".ec2.internal\",} ");
      case "M" -> sb.append(f[0]).append("{ModelName=\"").append(model(i, gen)).append("\",Level=\"Model\",Hostname=\"")
          .append(host).append(i % hosts).append(".ec2.internal\",} ");
      default -> sb.append(f[0]).append("{model_name=\"").append(model(i, gen)).append("\",model_version=\"1.")
          .append(i % 3).append("\",hostname=\"").append(host).append(i % hosts).append(".ec2.internal\",} ");
    }
    sb.append(value(f, slot, step)).append('\n');
    samples++;
  }

  private static String model(int i, int gen) {
    String[] base = {"resnet18", "bert_base_cased", "llama-3-8b-instruct", "whisper_large_v3", "yolov8x"};
    return base[i % base.length] + "_" + i + (gen == 0 ? "" : "_r" + gen);
  }

  private int generation(int slot, int step) {
    int g = 0;
    for (int s = 1; s <= step; s++) if (mix(slot * 31L + s) / (double) (1L << 53) < churn) g++;
    return g;
  }

  private String value(String[] f, int slot, int step) {
    boolean counter = f[1].equals("counter");
    int last = step; // the last step at which this value moved
    while (last > 0 && mix(slot * 1_000_003L + last) / (double) (1L << 53) >= change) last--;
    double u = mix(slot * 7919L + last) / (double) (1L << 53);
    boolean full = mix(slot * 131L) / (double) (1L << 53) < longShare;
    double base = mix(slot * 17L + 5) / (double) (1L << 53);
    double v;
    if (counter && f[2].equals("Count")) v = Math.floor(base * base * 5e6) + last * Math.floor(1 + base * 400);
    else if (counter) v = (base * base * 4e9 + last * 1e5 * (1 + base) + u * 1e3) * (full ? 1.0000000001 : 1);
    else if (f[2].equals("Percent")) v = u * 100;
    else if (f[2].equals("Megabytes") || f[2].equals("Gigabytes")) v = 1000 + u * 60000;
    else v = u * 250;
    if (!full && !(counter && f[2].equals("Count"))) v = Math.round(v * 100) / 100.0;
    return Double.toString(v);
  }

  private long mix(long x) {
    x = (x + seed) * 0x9E3779B97F4A7C15L;
    x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
    x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
    return (x ^ x >>> 31) >>> 11;
  }

  public static void main(String[] a) throws Exception {
    int series = 1000, step = 0, steps = 1, port = 0, ports = 1;
    double interval = 5;
    boolean distinct = false;
    long seed = 42;
    double churn = 0, change = 1, longShare = 0.35;
    String out = null, bind = "127.0.0.1";
    boolean gzip = false;
    for (int i = 0; i < a.length; i++) {
      switch (a[i]) {
        case "--series" -> series = Integer.parseInt(a[++i]);
        case "--step" -> step = Integer.parseInt(a[++i]);
        case "--steps" -> steps = Integer.parseInt(a[++i]);
        case "--seed" -> seed = Long.parseLong(a[++i]);
        case "--churn" -> churn = Double.parseDouble(a[++i]);
        case "--change" -> change = Double.parseDouble(a[++i]);
        case "--long" -> longShare = Double.parseDouble(a[++i]);
        case "--serve" -> port = Integer.parseInt(a[++i]);
        case "--ports" -> ports = Integer.parseInt(a[++i]);
        case "--bind" -> bind = a[++i];
        case "--out" -> out = a[++i];
        case "--gzip" -> gzip = true;
        case "--distinct" -> distinct = true;
        case "--interval" -> interval = Double.parseDouble(a[++i]);
        default -> throw new IllegalArgumentException("unknown option " + a[i]);
      }
    }
    TorchServeCorpus c = new TorchServeCorpus(series, seed, 0, churn, change, longShare);
    if (port > 0) {
      List<TorchServeCorpus> texts = new ArrayList<>(List.of(c));
      for (int t = 1; distinct && t < ports; t++) texts.add(new TorchServeCorpus(series, seed + t, t, churn, change, longShare));
      serve(bind, port, ports, texts, Math.max(2, steps), gzip, (long) (interval * 1e9));
    } else if (out != null) {
      Files.createDirectories(Path.of(out));
      for (int s = step; s < step + steps; s++) {
        byte[] b = c.body(s);
        Files.write(Path.of(out, String.format("step-%04d.prom", s)), b);
        if (gzip) Files.write(Path.of(out, String.format("step-%04d.prom.gz", s)), gz(b));
      }
    } else {
      byte[] b = c.body(step);
      try (OutputStream o = gzip ? new GZIPOutputStream(System.out) : System.out) { o.write(b); }
      System.err.println(c.samples() + " samples, " + b.length + " bytes");
    }
  }

  private static byte[] gz(byte[] b) throws IOException {
    ByteArrayOutputStream o = new ByteArrayOutputStream();
    try (GZIPOutputStream g = new GZIPOutputStream(o)) { g.write(b); }
    return o.toByteArray();
  }

  // ---- target farm: one thread, one selector, pre-rendered answers, so the farm costs as little as can be ----

  private static final class Conn {
    final ByteBuffer in = ByteBuffer.allocate(4096);
    ByteBuffer out;
  }

  private static void serve(String bind, int port, int ports, List<TorchServeCorpus> texts, int steps, boolean gzip,
      long intervalNanos) throws IOException {
    // One text for all targets keeps the farm small; a scraper cannot know it, but a compressor of many targets' data can.
    List<ByteBuffer> plain = new ArrayList<>(), zipped = new ArrayList<>(); // steps of the first text, of the second, ...
    for (TorchServeCorpus c : texts) {
      for (int s = 0; s < steps; s++) {
        byte[] b = c.body(s);
        ByteBuffer whole = answer(b, "");
        plain.add(whole);
        zipped.add(gzip ? answer(gz(b), "Content-Encoding: gzip\r\n") : whole);
      }
    }
    Selector sel = Selector.open();
    for (int i = 0; i < ports; i++) {
      ServerSocketChannel srv = ServerSocketChannel.open();
      srv.bind(new InetSocketAddress(bind, port + i), 4096);
      srv.configureBlocking(false);
      srv.register(sel, SelectionKey.OP_ACCEPT);
    }
    System.err.println("serving " + texts.get(0).samples() + " samples a target on http://" + bind + ":" + port
        + (ports > 1 ? ".." + (port + ports - 1) : "") + "/t/N/metrics");
    int[] stepOf = new int[1 << 16];
    Punctuality punctuality = new Punctuality(intervalNanos);
    long requests = 0, bytes = 0;
    while (true) {
      sel.select();
      for (Iterator<SelectionKey> it = sel.selectedKeys().iterator(); it.hasNext(); ) {
        SelectionKey k = it.next();
        it.remove();
        if (!k.isValid()) continue;
        if (k.isAcceptable()) {
          for (SocketChannel ch; (ch = ((ServerSocketChannel) k.channel()).accept()) != null; ) {
            ch.configureBlocking(false);
            ch.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
            ch.register(sel, SelectionKey.OP_READ, new Conn());
          }
          continue;
        }
        SocketChannel ch = (SocketChannel) k.channel();
        Conn cn = (Conn) k.attachment();
        try {
          if (k.isReadable()) {
            if (ch.read(cn.in) < 0) { ch.close(); continue; }
            int n = cn.in.position();
            byte[] r = cn.in.array();
            if (n >= 4 && r[n - 1] == '\n' && r[n - 2] == '\r' && r[n - 3] == '\n') {
              String head = new String(r, 0, n, StandardCharsets.ISO_8859_1);
              cn.in.clear();
              if (head.startsWith("GET /stats")) {
                cn.out = answer(("requests " + requests + "\nbytes " + bytes + "\n").getBytes(), "");
              } else if (head.startsWith("GET /reset")) {
                punctuality.reset();
                cn.out = answer(new byte[0], "");
              } else if (head.startsWith("GET /lateness")) {
                cn.out = answer(punctuality.report().getBytes(StandardCharsets.UTF_8), "");
              } else {
                int own = ((InetSocketAddress) ch.getLocalAddress()).getPort();
                int p = head.indexOf("/t/"), t = own;
                if (p >= 0) for (t = 0, p += 3; p < n && Character.isDigit(head.charAt(p)); p++) t = t * 10 + head.charAt(p) - '0';
                int text = texts.size() == 1 ? 0 : (own - port) % texts.size();
                int s = text * steps + stepOf[t & stepOf.length - 1]++ % steps;
                punctuality.request(t);
                boolean z = gzip && head.toLowerCase().contains("gzip");
                cn.out = (z ? zipped : plain).get(s).duplicate();
                requests++;
                bytes += cn.out.remaining();
              }
            } else if (!cn.in.hasRemaining()) { ch.close(); continue; }
          }
          if (cn.out != null) {
            ch.write(cn.out);
            boolean more = cn.out.hasRemaining();
            if (!more) cn.out = null;
            k.interestOps(more ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
          }
        } catch (IOException e) {
          ch.close();
        }
      }
    }
  }

  /** When each target was asked, in memory that does not grow with the length of a run beyond a bound. */
  private static final class Punctuality {
    private static final int MOST = 4096; // requests of one target that are looked at
    private final long interval;
    private final long[][] times = new long[1 << 16][];
    private final int[] counts = new int[1 << 16];

    Punctuality(long intervalNanos) { interval = intervalNanos; }

    void reset() { Arrays.fill(counts, 0); }

    void request(int target) {
      int t = target & times.length - 1;
      if (times[t] == null) times[t] = new long[32];
      if (counts[t] == MOST) return;
      if (counts[t] == times[t].length) times[t] = Arrays.copyOf(times[t], 2 * counts[t]);
      times[t][counts[t]++] = System.nanoTime();
    }

    String report() {
      int scrapes = 0, targets = 0;
      for (int n : counts) scrapes += n;
      long[] late = new long[scrapes];
      long missed = 0;
      int at = 0;
      for (int t = 0; t < counts.length; t++) {
        if (counts[t] == 0) continue;
        targets++;
        int from = at;
        long slot = 0, earliest = Long.MAX_VALUE;
        for (int i = 0; i < counts[t]; i++) {
          if (i > 0) {
            long slots = Math.max(0, Math.round((times[t][i] - times[t][i - 1]) / (double) interval));
            missed += Math.max(0, slots - 1);
            slot += slots;
          }
          late[at] = times[t][i] - times[t][0] - slot * interval;
          earliest = Math.min(earliest, late[at++]);
        }
        for (int i = from; i < at; i++) late[i] -= earliest;
      }
      Arrays.sort(late);
      return "targets " + targets + "\nscrapes " + scrapes + "\nmissed " + missed + "\nlate_p50_ms " + millis(late, 0.5)
          + "\nlate_p99_ms " + millis(late, 0.99) + "\nlate_max_ms " + millis(late, 1) + "\n";
    }

    private static String millis(long[] sorted, double share) {
      if (sorted.length == 0) return "0";
      return String.format(java.util.Locale.ROOT, "%.1f", sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6);
    }
  }

  private static ByteBuffer answer(byte[] body, String extra) {
    byte[] h = ("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n" + extra
        + "Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer b = ByteBuffer.allocateDirect(h.length + body.length);
    b.put(h).put(body).flip();
    return b;
  }
}
