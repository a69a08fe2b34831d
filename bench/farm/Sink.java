import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * Takes what is sent to it over HTTP on loopback, answers 200 and counts (no dependencies, Java 17+).
 *
 * <pre>
 * java Sink.java PORT
 * POST /v1/metrics, /v1/logs       OTLP/HTTP protobuf, gzip or not: data points and log records are counted
 * POST /api/v2/series              Datadog's series in protobuf, gzip or not: points are counted
 * GET /api/v1/validate             every Datadog key is valid
 * POST anything else               remote write and the like: requests and bytes are counted
 * GET /stats                       requests, bytes on the wire, items, and when the first request came (microseconds since the epoch; 0: none yet)
 * GET /reset                       forgets all that
 * </pre>
 */
public final class Sink {
  private long requests, bytes, points, records, unreadable, firstMicros;

  public static void main(String[] args) throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // or every answer may wait 40 ms
    Sink sink = new Sink();
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 128);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext("/", sink::handle);
    server.start();
    System.err.println("sink on port " + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    byte[] answer = {};
    if (exchange.getRequestMethod().equals("GET")) {
      if (path.equals("/reset")) reset();
      answer = (path.equals("/api/v1/validate") ? "{\"valid\":true}" : stats()).getBytes(StandardCharsets.UTF_8);
    } else {
      count(path, body, "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding")));
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    }
    int status = path.startsWith("/api/") && !exchange.getRequestMethod().equals("GET") ? 202 : 200;
    exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private synchronized void reset() { requests = bytes = points = records = unreadable = firstMicros = 0; }

  private synchronized String stats() {
    return "requests " + requests + "\nbytes " + bytes + "\npoints " + points + "\nrecords " + records + "\nunreadable " + unreadable
        + "\nfirst_micros " + firstMicros + "\n";
  }

  private void count(String path, byte[] body, boolean gzip) throws IOException {
    Instant now = Instant.now();
    long items = 0, bad = 0;
    boolean isSeries = path.equals("/api/v2/series");
    if (path.startsWith("/v1/") || isSeries) {
      try (InputStream in = gzip ? new GZIPInputStream(new ByteArrayInputStream(body), 1 << 14) : new ByteArrayInputStream(body)) {
        byte[] text = in.readAllBytes();
        // Fields on the way down: resource_*, scope_*, metrics or log_records; below a metric its data, below that data_points.
        items = isSeries ? messages(text, 0, text.length, 1, 4) // series, points
            : path.equals("/v1/metrics") ? points(text) : messages(text, 0, text.length, 1, 2, 2);
      } catch (IOException | RuntimeException e) {
        bad = 1;
      }
    }
    synchronized (this) {
      requests++;
      bytes += body.length;
      unreadable += bad;
      if (path.equals("/v1/metrics") || isSeries) points += items; else records += items;
      if (firstMicros == 0) firstMicros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }
  }

  private static long points(byte[] text) {
    long sum = 0;
    for (int data : new int[] {5, 7, 9, 10, 11}) sum += messages(text, 0, text.length, 1, 2, 2, data, 1); // gauge, sum, histograms, summary
    return sum;
  }

  /** How many messages there are at the end of a path of field numbers. */
  private static long messages(byte[] b, int from, int to, int... path) {
    long sum = 0;
    long[] varint = new long[2]; // value, place behind it
    for (int at = from; at < to; ) {
      readVarint(b, at, varint);
      int field = (int) (varint[0] >>> 3), wire = (int) (varint[0] & 7);
      at = (int) varint[1];
      switch (wire) {
        case 0 -> { readVarint(b, at, varint); at = (int) varint[1]; }
        case 1 -> at += 8;
        case 5 -> at += 4;
        case 2 -> {
          readVarint(b, at, varint);
          int begin = (int) varint[1], end = begin + (int) varint[0];
          if (field == path[0]) sum += path.length == 1 ? 1 : messages(b, begin, end, java.util.Arrays.copyOfRange(path, 1, path.length));
          at = end;
        }
        default -> throw new IllegalArgumentException("wire type " + wire);
      }
    }
    return sum;
  }

  private static void readVarint(byte[] b, int at, long[] result) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = b[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) break;
    }
    result[0] = value;
    result[1] = at;
  }
}
