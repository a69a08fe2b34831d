package tscollector.exporter.datadog;

import java.util.Collection;

/** The message {@code datadog.agentpayload.MetricPayload}: its field 1, one for each series, and nothing else. */
final class ProtobufSeries implements SeriesFormat {
    private static final int SERIES = 1;
    private static final int RESOURCES = 1;
    private static final int METRIC = 2;
    private static final int TAGS = 3;
    private static final int POINTS = 4;
    private static final int TYPE = 5;
    private static final int INTERVAL = 8;

    @Override
    public String contentType() {
        return Payload.PROTOBUF;
    }

    @Override
    public byte[] head(String name, String host, Collection<String> tags) {
        WireBuffer head = new WireBuffer(256);
        if (!host.isEmpty()) {
            head.field(RESOURCES, new WireBuffer(64).field(1, "host").field(2, host));
        }
        head.field(METRIC, name);
        tags.forEach(tag -> head.field(TAGS, tag));
        return head.toBytes();
    }

    @Override
    public void open(WireBuffer out) {
        // a payload is its series
    }

    @Override
    public void close(WireBuffer out) {
        // a payload is its series
    }

    @Override
    public int pointBytes(long second) {
        return 2 + pointContent(second);
    }

    @Override
    public void begin(boolean isFirst, byte[] head, int type, long interval, int pointBytes, WireBuffer out) {
        int paceBytes = 2 + (interval > 0 ? 1 + WireBuffer.varintSize(interval) : 0);
        out.varint((SERIES << 3) | 2).varint((long) head.length + paceBytes + pointBytes);
        out.add(head).number(TYPE, type);
        if (interval > 0) {
            out.number(INTERVAL, interval);
        }
    }

    @Override
    public void point(boolean isFirst, long second, double value, WireBuffer out) {
        out.varint((POINTS << 3) | 2).varint(pointContent(second));
        out.real(1, value).number(2, second);
    }

    @Override
    public void end(WireBuffer out) {
        // its length says where it ends
    }

    private static int pointContent(long second) {
        return 9 + 1 + WireBuffer.varintSize(second);
    }
}
