package tscollector.exporter.datadog;

import java.util.Collection;

/** The JSON form of series v2, as Datadog's OpenAPI file has it. */
final class JsonSeries implements SeriesFormat {
    @Override
    public String contentType() {
        return Payload.JSON;
    }

    @Override
    public byte[] head(String name, String host, Collection<String> tags) {
        WireBuffer head = new WireBuffer(256);
        head.ascii("{\"metric\":").jsonText(name);
        if (!host.isEmpty()) {
            head.ascii(",\"resources\":[{\"type\":\"host\",\"name\":")
                    .jsonText(host)
                    .ascii("}]");
        }
        head.ascii(",\"tags\":");
        tags(tags, head);
        return head.toBytes();
    }

    /** A list of texts. */
    static void tags(Collection<String> tags, WireBuffer out) {
        out.add('[');
        boolean isFirst = true;
        for (String tag : tags) {
            if (!isFirst) {
                out.add(',');
            }
            isFirst = false;
            out.jsonText(tag);
        }
        out.add(']');
    }

    @Override
    public void open(WireBuffer out) {
        out.ascii("{\"series\":[");
    }

    @Override
    public void close(WireBuffer out) {
        out.ascii("]}");
    }

    @Override
    public int pointBytes(long second) {
        return 0;
    }

    @Override
    public void begin(boolean isFirst, byte[] head, int type, long interval, int pointBytes, WireBuffer out) {
        if (!isFirst) {
            out.add(',');
        }
        out.add(head).ascii(",\"type\":").decimal(type);
        if (interval > 0) {
            out.ascii(",\"interval\":").decimal(interval);
        }
        out.ascii(",\"points\":[");
    }

    @Override
    public void point(boolean isFirst, long second, double value, WireBuffer out) {
        if (!isFirst) {
            out.add(',');
        }
        out.ascii("{\"timestamp\":")
                .decimal(second)
                .ascii(",\"value\":")
                .jsonNumber(value)
                .add('}');
    }

    @Override
    public void end(WireBuffer out) {
        out.ascii("]}");
    }
}
